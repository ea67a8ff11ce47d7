#include "core/model/scenario.hpp"

#include <array>
#include <utility>

namespace nevaperf::model {

namespace {

constexpr std::array<std::pair<scenario_status, const char*>, 5> status_texts = {{
    {scenario_status::ok, "ok"},
    {scenario_status::failed, "failed"},
    {scenario_status::crashed, "crashed"},
    {scenario_status::timed_out, "timed out"},
    {scenario_status::skipped, "skipped"},
}};

}  // namespace

const char* to_text(scenario_status status) {
  for (const auto& [value, text] : status_texts) {
    if (value == status) return text;
  }
  return "unknown";
}

std::optional<scenario_status> status_from_text(std::string_view text) {
  for (const auto& [value, known] : status_texts) {
    if (text == known) return value;
  }
  return std::nullopt;
}

}  // namespace nevaperf::model
