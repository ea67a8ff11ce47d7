// A doubt about a number: it stops nothing and is shown beside the number.
//
// Thread safety: values; share nothing.
#pragma once

#include <string>

namespace nevaperf::model {

struct warning {
  std::string code;  // stable and short, for filters and tests: "noisy", "few-samples"
  std::string text;  // what is doubtful: "the samples differ by 30%"
  std::string next;  // the next step: "close other programs, or give --time 10"; never empty

  friend bool operator==(const warning&, const warning&) = default;
};

}  // namespace nevaperf::model
