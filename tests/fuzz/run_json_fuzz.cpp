// Every text is either refused with a reason or a run that can be written and read back the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/formats/baseline_json.hpp"
#include "core/formats/journal_json.hpp"
#include "core/formats/run_json.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nevaperf;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto run = formats::read_run(text)) {
    const auto again = formats::write_run(*run);
    require(static_cast<bool>(again));
    const auto back = formats::read_run(*again);
    require(back && *back == *run);
  } else {
    require(!run.error().what.empty());
  }
  (void)formats::read_baseline(text);
  (void)formats::read_plan_line(text);
  (void)formats::read_result_line(text);
  return 0;
}
