// How many independent events stand behind the values of a profile: what its sampling noise follows
// from.
//
//   samples/count                 that many ticks
//   *_objects, *_space            objects * (1 - exp(-size / period)) samples, the size from the
//                                 label "bytes" or the mean; a period of 1 counts everything
//   contentions, delay            contentions / period waits; a delay varies from wait to wait
//   anything in "count"           itself
//   anything else                 the first type that is counted, else not known
// A sum of k events of equal size v has the variance k v^2; delays are taken as exponential, which
// doubles it. Thread safety: any thread; refers to the profile.
#pragma once

#include <cstddef>

#include "profiles/model/profile.hpp"

namespace nevaperf::profiles {

class event_counts {
 public:
  enum class kind {
    sampled,
    exact,    // nothing was sampled: no noise of sampling
    unknown,  // nothing says how many events there were
  };

  // Of the values of one type.
  event_counts(const profile& p, std::size_t type);

  [[nodiscard]] kind what() const { return kind_; }
  // The variance of one sample's value by sampling alone; 0 unless sampled.
  [[nodiscard]] double variance_of(std::size_t sample_index) const;

 private:
  enum class way { none, counted, heap, waits };

  [[nodiscard]] double events_of(std::size_t sample_index) const;
  [[nodiscard]] double heap_samples(std::size_t sample_index) const;

  const profile& p_;
  std::size_t type_;
  std::size_t counts_ = 0;  // the type that holds counts
  std::size_t space_ = 0;   // heap: the type that holds bytes
  text_id size_key_ = no_text;
  way way_ = way::none;
  kind kind_ = kind::unknown;
};

}  // namespace nevaperf::profiles
