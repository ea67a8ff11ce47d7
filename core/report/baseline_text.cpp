#include "core/report/baseline_text.hpp"

#include <nlohmann/json.hpp>

#include "core/report/text_table.hpp"
#include "core/units/format.hpp"

namespace nevaperf::report {

std::string baseline_list_text(std::span<const formats::baseline> all, bool colour) {
  text_table table({{"baseline", align::left},
                    {"saved", align::left},
                    {"scenarios"},
                    {"commit", align::left},
                    {"CPU", align::left}});
  for (const formats::baseline& one : all) {
    const model::environment& where = one.run.environment;
    table.add_row({{one.name},
                   {one.saved},
                   {std::to_string(one.run.scenarios.size())},
                   {where.commit.value_or(units::not_shown)},
                   {where.cpu_model.value_or(units::not_shown)}});
  }
  return table.text(colour);
}

std::string baseline_list_json(std::span<const formats::baseline> all) {
  nlohmann::ordered_json out;
  out["schema"] = "nevaperf.baselines/1";
  out["baselines"] = nlohmann::ordered_json::array();
  const auto or_null = [](const std::optional<std::string>& text) {
    return text ? nlohmann::ordered_json(*text) : nlohmann::ordered_json(nullptr);
  };
  for (const formats::baseline& one : all) {
    nlohmann::ordered_json entry;
    entry["name"] = one.name;
    entry["saved"] = one.saved;
    entry["run"] = one.run.id;
    entry["scenarios"] = one.run.scenarios.size();
    entry["commit"] = or_null(one.run.environment.commit);
    entry["cpu_model"] = or_null(one.run.environment.cpu_model);
    out["baselines"].push_back(std::move(entry));
  }
  return out.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string baseline_text(const formats::baseline& one) {
  const model::environment& where = one.run.environment;
  std::string place;
  const auto add = [&](const char* what, const std::optional<std::string>& value) {
    if (value) place += (place.empty() ? "" : ", ") + std::string(what) + " " + *value;
  };
  add("CPU", where.cpu_model);
  add("kernel", where.kernel);
  add("compiler", where.compiler);
  add("build", where.build_type);
  add("allocator", where.allocator);
  add("commit", where.commit);
  std::string out = printable("baseline '" + one.name + "', saved " + one.saved + ", run " +
                              one.run.id + " of " + one.run.created);
  if (!place.empty()) out += "\n" + printable(place);
  return out + "\n\n";
}

}  // namespace nevaperf::report
