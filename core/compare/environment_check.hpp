// Whether two recordings come from machines and builds that can be compared.
//
// Thread safety: pure functions.
#pragma once

#include <vector>

#include "core/formats/recording.hpp"
#include "core/model/warning.hpp"

namespace nevaperf::compare {

struct environment_doubts {
  // The times say more about the machines than about the change: another CPU model or number of
  // CPUs, other sanitizers.
  bool is_refused = false;
  std::vector<model::warning> warnings;  // each difference, with what to do
};

// What is not known on one side is taken for equal.
[[nodiscard]] environment_doubts check_environments(const formats::recording& old_side,
                                                    const formats::recording& new_side);

}  // namespace nevaperf::compare
