#include "core/report/doctor_report.hpp"

#include <nlohmann/json.hpp>

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

}  // namespace

std::string doctor_text(const model::environment& where, std::span<const disturbance> found,
                        bool colour) {
  std::string out = machine_line(where) + "\n\n";
  for (const disturbance& one : found) {
    out += styled(std::string(measure::to_text(one.how)) + ":", style_of(one.how), colour) + " " +
           printable(one.what) + "\n  why: " + printable(one.why) +
           "\n  fix: " + printable(one.fix) + "\n";
  }
  if (found.empty()) out += "nothing that is known to disturb measurement\n";
  return out;
}

std::string doctor_json(const model::environment& where, std::span<const disturbance> found) {
  nlohmann::ordered_json out;
  out["schema"] = "nevaperf.doctor/1";
  out["environment"] = formats::to_json(where);
  out["findings"] = nlohmann::ordered_json::array();
  for (const disturbance& one : found) {
    out["findings"].push_back({{"level", measure::to_text(one.how)},
                               {"code", one.code},
                               {"what", one.what},
                               {"why", one.why},
                               {"fix", one.fix}});
  }
  return out.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace nevaperf::report
