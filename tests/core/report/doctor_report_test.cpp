#include "core/report/doctor_report.hpp"

#include <nlohmann/json.hpp>

#include "tests/support/catch.hpp"

using namespace nevaperf;
using measure::disturbance;

namespace {

model::environment small_machine() {
  model::environment out;
  out.cpu_model = "Example CPU";
  out.cpus = 8;
  out.cores = 2;
  out.memory_bytes = std::uint64_t{4} << 30;
  out.virtualisation = "none";
  out.kernel = "6.1.0";
  return out;
}

const std::vector<disturbance> findings = {
    {disturbance::level::warning, "governor", "the governor", "it matters", "set it\nso"},
    {disturbance::level::note, "smt", "threads", "they share", "off"}};

}  // namespace

TEST_CASE("each finding has its reason and its fix") {
  CHECK(report::doctor_text(small_machine(), findings, false) ==
        "Example CPU, 2 of 8 CPUs, 4.0 GiB of memory, 6.1.0\n\n"
        "warning: the governor\n  why: it matters\n  fix: set it so\n"
        "note: threads\n  why: they share\n  fix: off\n");
  CHECK(report::doctor_text(small_machine(), findings, true).find("\x1b[33mwarning:") !=
        std::string::npos);
}

TEST_CASE("a machine without faults, and one of which nothing is known") {
  CHECK(report::doctor_text({}, {}, false) ==
        "an unknown CPU\n\nnothing that is known to disturb measurement\n");
}

TEST_CASE("the same as JSON") {
  const auto got = nlohmann::json::parse(report::doctor_json(small_machine(), findings));
  CHECK(got["schema"] == "nevaperf.doctor/1");
  CHECK(got["environment"]["cpu_model"] == "Example CPU");
  REQUIRE(got["findings"].size() == 2);
  CHECK(got["findings"][0]["level"] == "warning");
  CHECK(got["findings"][0]["code"] == "governor");
  CHECK(got["findings"][0]["fix"] == "set it\nso");
}
