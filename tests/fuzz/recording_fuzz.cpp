// Readers of other tools' results: whatever the text, they give an error or keep their invariants.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/formats/recording.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto got = nevaperf::formats::read_recording({reinterpret_cast<const char*>(data), size});
  if (!got) {
    if (got.error().line().empty()) std::abort();
    return 0;
  }
  for (const auto& one : got->scenarios) {
    if (one.name.empty()) std::abort();
    for (const auto& [unit, metric] : one.metrics) {
      if (unit.empty() || metric.values.empty()) std::abort();
      for (const double value : metric.values) {
        if (!std::isfinite(value)) std::abort();
      }
    }
  }
  return 0;
}
