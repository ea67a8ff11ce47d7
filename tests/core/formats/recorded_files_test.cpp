// The readers on files that the tools themselves wrote.
#include "tests/support/recorded_files.hpp"

#include <algorithm>

#include "core/formats/recording.hpp"

using namespace nevaperf;
using formats::read_recording;

namespace {

const formats::recorded_scenario& scenario(const formats::recording& data,
                                           const std::string& name) {
  const auto found = std::find_if(data.scenarios.begin(), data.scenarios.end(),
                                  [&](const auto& one) { return one.name == name; });
  REQUIRE(found != data.scenarios.end());
  return *found;
}

}  // namespace

TEST_CASE("Go recordings of ten rounds") {
  const std::string module = "github.com/nevalang/neva/internal/runtime";
  const std::pair<const char*, std::string> known[] = {
      {"gobench/neva-runtime-2026-07-19.txt", module + ".MsgListIter/n=8-2"},
      {"gobench/neva-runtime-2026-08-05.txt", module + "/messages.MsgListIter/n=8-2"}};
  for (const auto& [file, name] : known) {
    const auto text = tests::recorded_file(file);
    if (!text) return;
    const auto got = read_recording(*text);
    REQUIRE(got);
    CHECK(got->kind == formats::recording_kind::go_benchmark);
    CHECK(got->package.empty());  // there are several
    CHECK(got->warnings.empty());
    const auto& time = scenario(*got, name).metrics.at("sec/op").values;
    CHECK(time.size() == 10);
    for (const double value : time) CHECK((value > 1e-9 && value < 1e-7));
  }
}

TEST_CASE("Google Benchmark: repetitions, aggregates, labels, threads") {
  const auto text = tests::recorded_file("googlebench/basic.json");
  if (!text) return;
  const auto got = read_recording(*text);
  REQUIRE(got);
  CHECK(got->kind == formats::recording_kind::google_benchmark);
  CHECK(scenario(*got, "BM_empty").metrics.at("sec/op").values.size() == 3);
  for (const auto& one : got->scenarios) CHECK(one.name.find("_stddev") == std::string::npos);
}

TEST_CASE("Google Benchmark: fits are left out, manual time is the time") {
  const auto text = tests::recorded_file("googlebench/complexity.json");
  if (!text) return;
  const auto got = read_recording(*text);
  REQUIRE(got);
  const auto& one = scenario(*got, "BM_Complexity_O1/1/manual_time");
  CHECK(one.metrics.at("sec/op").values.front() == Approx(42e-9));
  for (const auto& each : got->scenarios) {
    CHECK(each.name.find("BigO") == std::string::npos);
    CHECK(each.name.find("RMS") == std::string::npos);
  }
}

TEST_CASE("Google Benchmark: counters and errors") {
  const auto counters = tests::recorded_file("googlebench/counters.json");
  const auto errors = tests::recorded_file("googlebench/errors.json");
  if (!counters || !errors) return;
  const auto counted = read_recording(*counters);
  REQUIRE(counted);
  const auto& rates = scenario(*counted, "BM_Counters_WithBytesAndItemsPSec").metrics;
  CHECK(rates.at("B/s").values.front() == Approx(26190.447581078322));
  CHECK(rates.at("items/s").values.front() == Approx(10792.766860334474));
  CHECK(rates.at("bar").values.front() == 9);
  const auto failed = read_recording(*errors);
  REQUIRE(failed);
  CHECK(scenario(*failed, "BM_error_no_running").failure == "failed: error message");
  CHECK(scenario(*failed, "BM_error_during_running/2/threads:1").failure.empty());
}
