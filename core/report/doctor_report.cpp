#include "core/report/doctor_report.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/formats/model_json.hpp"
#include "core/report/terminal_text.hpp"
#include "core/units/format.hpp"

namespace nevaperf::report {

namespace {

using measure::disturbance;

style style_of(disturbance::level how) {
  switch (how) {
    case disturbance::level::problem:
      return style::red;
    case disturbance::level::warning:
      return style::yellow;
    case disturbance::level::note:
      break;
  }
  return style::bold;
}

// "AMD EPYC, 2 of 4 CPUs, L1d 32.0 KiB, virtual machine (QEMU), Debian GNU/Linux 12, 6.1.0"
std::string machine_line(const model::environment& where) {
  std::string out;
  const auto add = [&](const std::string& text) { out += (out.empty() ? "" : ", ") + text; };
  add(where.cpu_model.value_or("an unknown CPU"));
  if (where.cores) {
    const bool some = where.cpus && *where.cpus != *where.cores;
    add(std::to_string(*where.cores) + (some ? " of " + std::to_string(*where.cpus) : "") +
        (*where.cores == 1 && !some ? " CPU" : " CPUs"));
  }
  if (where.memory_bytes) {
    add(units::format_bytes(static_cast<double>(*where.memory_bytes)) + " of memory");
  }
  for (const auto& text : {where.virtualisation, where.os, where.kernel}) {
    if (text && text != "none") add(*text);
  }
  return printable(out);
}

std::string change_of(double log_ratio) {
  return units::format_change(std::expm1(log_ratio));
}

std::string identical_text(const doctor_findings& found) {
  const measure::aa_figures& seen = *found.identical;
  std::string out = "\nidentical builds: " + std::to_string(seen.pairs) +
                    " pairs of processes of '" + found.scenario + "', " +
                    units::format_duration(units::seconds(found.pair_seconds)) + " a pair\n";
  out += "  one side against the other: " + change_of(seen.center.low) + " ... " +
         change_of(seen.center.high) + " (95%); spread of a pair " +
         units::format_percent(seen.spread) + "\n";
  for (const measure::aa_comparisons& one : seen.comparisons) {
    out += "  a comparison of " + units::format_elapsed(units::seconds(one.seconds)) + " (" +
           std::to_string(one.pairs) + " pairs): ";
    if (one.resolution) {
      out += "sees " + units::format_change(*one.resolution) + " in 95% of cases, false alarms " +
             units::format_percent(one.false_alarms) + "\n";
    } else {
      out += "sees nothing with certainty\n";
    }
  }
  return out;
}

nlohmann::ordered_json identical_json(const doctor_findings& found) {
  const measure::aa_figures& seen = *found.identical;
  nlohmann::ordered_json out;
  out["scenario"] = found.scenario;
  out["pairs"] = seen.pairs;
  out["pair_seconds"] = found.pair_seconds;
  out["spread"] = seen.spread;
  out["center"] = std::expm1(seen.center.center);
  out["ci"] = {std::expm1(seen.center.low), std::expm1(seen.center.high)};
  out["comparisons"] = nlohmann::ordered_json::array();
  for (const measure::aa_comparisons& one : seen.comparisons) {
    nlohmann::ordered_json row;
    row["seconds"] = one.seconds;
    row["pairs"] = one.pairs;
    row["false_alarms"] = one.false_alarms;
    row["resolution"] =
        one.resolution ? nlohmann::ordered_json(*one.resolution) : nlohmann::ordered_json(nullptr);
    out["comparisons"].push_back(std::move(row));
  }
  return out;
}

}  // namespace

std::string doctor_text(const doctor_findings& found, bool colour) {
  std::string out = machine_line(found.where) + "\n\n";
  for (const disturbance& one : found.disturbances) {
    out += styled(std::string(measure::to_text(one.how)) + ":", style_of(one.how), colour) + " " +
           printable(one.what) + "\n  why: " + printable(one.why) +
           "\n  fix: " + printable(one.fix) + "\n";
  }
  if (found.disturbances.empty()) out += "nothing that is known to disturb measurement\n";
  if (found.identical) out += identical_text(found);
  return out;
}

std::string doctor_json(const doctor_findings& found) {
  nlohmann::ordered_json out;
  out["schema"] = "nevaperf.doctor/1";
  out["environment"] = formats::to_json(found.where);
  out["findings"] = nlohmann::ordered_json::array();
  for (const disturbance& one : found.disturbances) {
    out["findings"].push_back({{"level", measure::to_text(one.how)},
                               {"code", one.code},
                               {"what", one.what},
                               {"why", one.why},
                               {"fix", one.fix}});
  }
  if (found.identical) out["aa"] = identical_json(found);
  return out.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace nevaperf::report
