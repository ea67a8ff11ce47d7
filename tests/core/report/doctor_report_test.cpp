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

report::doctor_findings small_findings() {
  report::doctor_findings out;
  out.where = small_machine();
  out.disturbances = findings;
  return out;
}

report::doctor_findings with_identical() {
  report::doctor_findings out;
  out.scenario = "hop";
  out.pair_seconds = 0.1;
  out.identical = measure::aa_figures{
      .pairs = 50,
      .spread = 0.02,
      .center = {.center = 0, .low = -0.001, .high = 0.002, .confidence = 0.95, .is_range = false},
      .comparisons = {{.seconds = 5, .pairs = 3, .false_alarms = 0, .resolution = std::nullopt},
                      {.seconds = 30, .pairs = 200, .false_alarms = 0.004, .resolution = 0.021}}};
  return out;
}

}  // namespace

TEST_CASE("each finding has its reason and its fix") {
  CHECK(report::doctor_text(small_findings(), false) ==
        "Example CPU, 2 of 8 CPUs, 4.0 GiB of memory, 6.1.0\n\n"
        "warning: the governor\n  why: it matters\n  fix: set it so\n"
        "note: threads\n  why: they share\n  fix: off\n");
  CHECK(report::doctor_text(small_findings(), true).find("\x1b[33mwarning:") != std::string::npos);
}

TEST_CASE("a machine without faults, and one of which nothing is known") {
  CHECK(report::doctor_text({}, false) ==
        "an unknown CPU\n\nnothing that is known to disturb measurement\n");
}

TEST_CASE("the same as JSON") {
  const auto got = nlohmann::json::parse(report::doctor_json(small_findings()));
  CHECK(got["schema"] == "nevaperf.doctor/1");
  CHECK(got["environment"]["cpu_model"] == "Example CPU");
  REQUIRE(got["findings"].size() == 2);
  CHECK(got["findings"][0]["level"] == "warning");
  CHECK(got["findings"][0]["code"] == "governor");
  CHECK(got["findings"][0]["fix"] == "set it\nso");
}

TEST_CASE("what comparisons of identical builds say") {
  const std::string text = report::doctor_text(with_identical(), false);
  CHECK(text.substr(text.find("identical")) ==
        "identical builds: 50 pairs of processes of 'hop', 100 ms a pair\n"
        "  one side against the other: -0.1% ... +0.2% (95%); spread of a pair 2.0%\n"
        "  a comparison of 5 s (3 pairs): sees nothing with certainty\n"
        "  a comparison of 30 s (200 pairs): sees +2.1% in 95% of cases, false alarms 0.4%\n");
  const auto got = nlohmann::json::parse(report::doctor_json(with_identical()))["aa"];
  CHECK(got["pairs"] == 50);
  CHECK(got["ci"][0] < 0);
  CHECK(got["comparisons"][0]["resolution"].is_null());
  CHECK(got["comparisons"][1]["resolution"] == 0.021);
}
