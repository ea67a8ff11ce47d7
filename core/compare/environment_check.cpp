#include "core/compare/environment_check.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/units/format.hpp"

namespace nevaperf::compare {

namespace {

enum class weight { none, doubt, refusal };

struct rule {
  std::string_view field;
  weight how;
  const char* next;
};

constexpr const char* same_machine = "measure both on one machine";
constexpr const char* same_build = "build both alike, if that is not the change";

// A field that is not here may differ: the commit is what is compared, memory and load do not
// decide by themselves.
constexpr std::array rules = {
    rule{"cpu_model", weight::refusal, same_machine},
    rule{"cores", weight::refusal, same_machine},
    rule{"sanitizers", weight::refusal, "measure builds without sanitizers"},
    rule{"host", weight::doubt, same_machine},
    rule{"governor", weight::doubt, "set the governor 'performance' for both"},
    rule{"turbo", weight::doubt, "switch it the same way for both"},
    rule{"smt", weight::doubt, "switch it the same way for both"},
    rule{"virtualisation", weight::doubt, same_machine},
    rule{"os", weight::doubt, same_machine},
    rule{"kernel", weight::doubt, "measure the old side again under this kernel"},
    rule{"aslr", weight::doubt, "switch it the same way for both"},
    rule{"compiler", weight::doubt, same_build},
    rule{"build_type", weight::doubt, same_build},
    rule{"build_flags", weight::doubt, same_build},
    rule{"allocator", weight::doubt, same_build},
};

template <class Value>
std::string shown(const Value& value) {
  if constexpr (std::is_same_v<Value, std::string>) {
    return "'" + value + "'";
  } else if constexpr (std::is_same_v<Value, bool>) {
    return value ? "on" : "off";
  } else {
    return std::to_string(value);
  }
}

std::string spelled(std::string_view field) {
  std::string out(field);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

}  // namespace

environment_doubts check_environments(const formats::recording& old_side,
                                      const formats::recording& new_side) {
  environment_doubts out;
  model::for_each_field(
      old_side.environment, new_side.environment,
      [&](std::string_view field, const auto& before, const auto& after) {
        const auto* const found = std::find_if(rules.begin(), rules.end(),
                                               [&](const rule& one) { return one.field == field; });
        if (found == rules.end() || !before || !after || *before == *after) return;
        out.is_refused = out.is_refused || found->how == weight::refusal;
        out.warnings.push_back(
            {.code = "other-" + std::string(field),
             .text = spelled(field) + " differs: " + shown(*before) + " and " + shown(*after),
             .next = found->next});
      });
  if (!old_side.package.empty() && !new_side.package.empty() &&
      old_side.package != new_side.package) {
    out.warnings.push_back(
        {.code = "other-package",
         .text = "the packages differ: '" + old_side.package + "' and '" + new_side.package + "'",
         .next = "their benchmarks are matched by name alone; is it meant so?"});
  }
  return out;
}

}  // namespace nevaperf::compare
