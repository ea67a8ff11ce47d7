// Builds a profile: the same text, function, place or stack that is added twice is kept once, and
// the values of equal samples (same stack, same labels) are summed.
//
// Invariant: build() gives a profile that validate() accepts, if every id came from this builder.
// Thread safety: owner only.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "profiles/model/profile.hpp"

namespace nevaperf::profiles {

class profile_builder {
 public:
  text_id text(std::string_view value);
  value_type type(std::string_view type, std::string_view unit);

  // Before the first sample.
  void add_type(std::string_view type, std::string_view unit);

  mapping_id add_mapping(const mapping& value);
  function_id add_function(const function& value);
  location_id add_location(const location& value);
  // A place that is known by nothing but the name of its function.
  location_id add_named_location(std::string_view function_name);

  // `stack` is leaf first; one value for each type.
  void add_sample(std::span<const location_id> stack, std::span<const std::int64_t> values,
                  std::span<const label> labels = {});

  // For period, time, duration, comments and the like; the tables belong to the builder.
  profile& header() { return made_; }

  [[nodiscard]] profile build() &&;

 private:
  // Index into the table by the hash of what is there; equal hashes are told apart by comparison.
  using index = std::unordered_multimap<std::size_t, std::uint32_t>;

  profile made_;
  std::unordered_map<std::string, text_id> texts_{{std::string(), no_text}};
  index mappings_;
  index functions_;
  index locations_;
  index samples_;
};

}  // namespace nevaperf::profiles
