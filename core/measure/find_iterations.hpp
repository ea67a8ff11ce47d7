// Finds with a worker how many iterations make a slice of the wanted length.
//
// Thread safety: owner only. Units: nanoseconds.
#pragma once

#include <cstdint>

#include "core/measure/worker_link.hpp"

namespace nevaperf::measure {

struct found_iterations {
  std::uint64_t iterations = 1;
  std::int64_t slice_ns = 0;  // that the session will wait for such a slice
};

// Tries slices that grow until one is close (calibration.hpp).
[[nodiscard]] worker_result<found_iterations> find_iterations(worker_link& worker,
                                                              std::int64_t slice_ns);

}  // namespace nevaperf::measure
