#include "core/formats/recording.hpp"

#include "core/formats/baseline_json.hpp"
#include "core/formats/run_json.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/example_run.hpp"

using namespace nevaperf;
using formats::read_recording;
using formats::recording_kind;

namespace {

std::string error_of(std::string_view text) {
  const auto got = read_recording(text);
  return got ? "" : got.error().line();
}

}  // namespace

TEST_CASE("formats are recognised by their content") {
  const model::run run = tests::example_run();
  CHECK(read_recording(*formats::write_run(run))->kind == recording_kind::nevaperf_run);
  CHECK(read_recording(*formats::write_baseline({"main", "2024-05-01T12:00:00Z", run}))->kind ==
        recording_kind::nevaperf_baseline);
  CHECK(read_recording("\xEF\xBB\xBF\nBenchmarkX 1 2 ns/op\n")->kind ==
        recording_kind::go_benchmark);
  CHECK(read_recording(R"({"context":{},"benchmarks":[{"name":"a","real_time":1,"cpu_time":1}]})")
            ->kind == recording_kind::google_benchmark);
  CHECK(read_recording(R"({"results":[{"command":"ls","times":[1,2]}]})")->kind ==
        recording_kind::hyperfine);
  CHECK(read_recording(R"({"benchmarks":[{"runs":[{"values":[1]}]}],"metadata":{"name":"a"}})")
            ->kind == recording_kind::pyperf);
}

TEST_CASE("an own run keeps names, samples, exactness and failures") {
  const auto got = formats::to_recording(tests::example_run());
  REQUIRE(got.scenarios.size() == 2);
  CHECK(got.scenarios[0].metrics.at("sec/op").values == std::vector{1.2e-8, 1.23e-8, 1.26e-8});
  CHECK_FALSE(got.scenarios[0].metrics.at("sec/op").is_exact);
  CHECK(got.scenarios[0].metrics.at("B/op").is_exact);
  CHECK(got.scenarios[1].failure.starts_with("crashed: killed"));
  CHECK(got.environment.cores == 2U);
}

TEST_CASE("hyperfine: commands and their times") {
  const auto got = read_recording(
      R"({"results":[{"command":"a b","mean":1.5,"times":[1,2]},{"command":"c","median":3}]})");
  REQUIRE(got);
  CHECK(got->scenarios[0].name == "a b");
  CHECK(got->scenarios[0].metrics.at("sec/op").values == std::vector{1.0, 2.0});
  CHECK(got->scenarios[1].metrics.at("sec/op").values == std::vector{3.0});
  CHECK(error_of(R"({"results":[{"command":"a","times":[-1]}]})") ==
        "/results/0/times/0: a negative time");
  CHECK(error_of(R"({"results":[{"command":"a","median":1},{"command":"a","median":1}]})")
            .starts_with("/results/1: 'a' appears twice"));
  CHECK(error_of(R"({"results":[{"times":[1]}]})") == "/results/0/command: missing");
  CHECK(error_of(R"({"results":[]})").starts_with("there is no benchmark result"));
}

TEST_CASE("hyperfine: parameters tell equal commands apart, failures are a doubt") {
  const auto got = read_recording(
      R"({"results":[{"command":"a","times":[1],"exit_codes":[0],"parameters":{"n":"1"}},
                     {"command":"a","times":[2],"exit_codes":[3,null],"parameters":{"n":"2"}},
                     {"command":"b 2","times":[2],"parameters":{"n":"2"}}]})");
  REQUIRE(got);
  CHECK(got->scenarios[0].name == "a/n=1");
  CHECK(got->scenarios[1].name == "a/n=2");
  CHECK(got->scenarios[2].name == "b 2");
  CHECK(got->scenarios[2].settings.at("n") == "2");
  REQUIRE(got->warnings.size() == 1);
  CHECK(got->warnings[0].text.find("'a/n=2' ended") != std::string::npos);
}

TEST_CASE("nanobench: rounds are samples of one process, times are of one operation") {
  const auto got = read_recording(
      R"j({"results":[{"title":"t","name":"a","unit":"op","batch":10,"median(elapsed)":2e-8,
          "measurements":[{"iterations":5,"elapsed":1e-8,"instructions":30.0},
                          {"iterations":5,"elapsed":3e-8,"instructions":30.0}]},
         {"title":"t","name":"b","unit":"byte","batch":1,"median(elapsed)":4e-8}]})j");
  REQUIRE(got);
  CHECK(got->kind == recording_kind::nanobench);
  const auto& rounds_s = got->scenarios[0].metrics.at("sec/op").values;
  REQUIRE(rounds_s.size() == 2);
  CHECK(rounds_s[0] == Approx(1e-9));
  CHECK(rounds_s[1] == Approx(3e-9));
  CHECK(got->scenarios[0].metrics.at("instructions/op").values == std::vector{3.0, 3.0});
  CHECK(got->scenarios[1].metrics.at("sec/byte").values == std::vector{4e-8});
  CHECK(got->warnings.front().code == "one-process");
  const auto titled = read_recording(
      R"j({"results":[{"title":"t","name":"a","median(elapsed)":1},
                      {"title":"u","name":"a","median(elapsed)":1}]})j");
  REQUIRE(titled);
  CHECK(titled->scenarios[1].name == "u/a");
  CHECK(error_of(R"j({"results":[{"name":"a","batch":0,"median(elapsed)":1}]})j") ==
        "/results/0/batch: a batch of nothing");
  CHECK(error_of(R"j({"results":[{"name":"a","median(elapsed)":-1}]})j").find("a negative time") !=
        std::string::npos);
}

TEST_CASE("pyperf: a process is a sample, calibration is none") {
  const auto got = read_recording(
      R"({"benchmarks":[{"metadata":{"name":"a"},"runs":[{"warmups":[[1,5]]},
          {"values":[1,9,2]},{"values":[4,3]}]}],"metadata":{"cpu_model_name":"C"},"version":"1.0"})");
  REQUIRE(got);
  CHECK(got->scenarios[0].name == "a");
  CHECK(got->scenarios[0].metrics.at("sec/op").values == std::vector{2.0, 3.5});
  CHECK(got->environment.cpu_model == "C");
  CHECK(error_of(R"({"benchmarks":[{"runs":[]}],"version":"1.0"})").find("needs a name") !=
        std::string::npos);
}

TEST_CASE("what is no result is refused in one line") {
  CHECK(error_of("").starts_with("the file is empty"));
  CHECK(error_of(" \n\t").starts_with("the file is empty"));
  CHECK(error_of("\x1F\x8B\x08").starts_with("this is compressed with gzip"));
  CHECK(error_of(std::string("\xFF\xFE"
                             "B\0",
                             4))
            .starts_with("this is UTF-16 text"));
  CHECK(error_of("{}").starts_with("this JSON is not a benchmark result"));
  CHECK(error_of("[1, 2]").starts_with("this JSON is not a benchmark result"));
  CHECK(error_of("{\"a\": 1,\n \"b\"").starts_with("the file ends in the middle"));
  CHECK(error_of("{\"a\": 1,\n \"b\" 2}").starts_with("line 2, column"));
  CHECK(error_of("hello\n").starts_with("there is no benchmark result in it"));
  CHECK(error_of(R"({"schema":"nevaperf.run/2"})").find("nevaperf.run/2") != std::string::npos);
  CHECK(error_of(R"({"schema":"other"})").find("other") != std::string::npos);
  CHECK(error_of(R"({"schema":"nevaperf.baseline/9","run":{}})").find("baseline/9") !=
        std::string::npos);
}
