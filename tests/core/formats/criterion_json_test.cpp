#include "core/formats/criterion_json.hpp"

#include "tests/support/catch.hpp"

using namespace nevaperf::formats;

namespace {

constexpr const char* estimates =
    R"({"mean":{"confidence_interval":{"confidence_level":0.95,"lower_bound":9.0,"upper_bound":12.0},
        "point_estimate":11.0,"standard_error":0.5},
        "median":{"point_estimate":10.5},"median_abs_dev":{"point_estimate":0.1},
        "slope":{"point_estimate":10.7},"std_dev":{"point_estimate":0.2}})";
constexpr const char* sample =
    R"({"sampling_mode":"Linear","iters":[10.0,20.0],"times":[100.0,220.0]})";
constexpr const char* benchmark =
    R"({"group_id":"fib","function_id":"slow","value_str":"20","throughput":null,
        "full_id":"fib/slow/20","directory_name":"fib/slow/20","title":"fib/slow/20"})";

std::string error_of(const criterion_files& files) {
  const auto got = read_criterion_benchmark(files);
  return got ? "" : got.error().line();
}

}  // namespace

TEST_CASE("criterion: a round is a sample, in seconds, under the full name") {
  const auto got = read_criterion_benchmark({estimates, sample, benchmark, "folder"});
  REQUIRE(got);
  CHECK(got->name == "fib/slow/20");
  const auto& values = got->metrics.at("sec/op").values;
  REQUIRE(values.size() == 2);
  CHECK(values[0] == Approx(10e-9));
  CHECK(values[1] == Approx(11e-9));
}

TEST_CASE("criterion: without samples the median, without a name the folder") {
  const auto got = read_criterion_benchmark({estimates, "", "", "folder"});
  REQUIRE(got);
  CHECK(got->name == "folder");
  CHECK(got->metrics.at("sec/op").values == std::vector{10.5 * 1e-9});
}

TEST_CASE("criterion: one file is known by its content") {
  for (const char* const text : {estimates, sample}) {
    const auto got = read_recording(text);
    REQUIRE(got);
    CHECK(got->kind == recording_kind::criterion);
  }
  CHECK(read_recording(sample)->warnings.front().code == "one-process");
  CHECK(read_recording(benchmark).error().line().find("without its times") != std::string::npos);
}

TEST_CASE("criterion: what cannot be") {
  CHECK(error_of({"", R"({"iters":[1],"times":[1,2]})", "", "x"})
            .starts_with("sample.json: /iters/1: missing"));
  CHECK(error_of({"", R"({"iters":[1,2],"times":[1]})", "", "x"}).starts_with("sample.json"));
  CHECK(error_of({"", R"({"iters":[0],"times":[1]})", "", "x"}).find("below 1") !=
        std::string::npos);
  CHECK(error_of({"", R"({"iters":[1],"times":[-1]})", "", "x"}).find("a negative time") !=
        std::string::npos);
  CHECK(error_of({"", R"({"iters":[],"times":[]})", "", "x"}).starts_with("there is no benchmark"));
  CHECK(
      error_of({R"({"mean":{"point_estimate":0.1},"median":{"point_estimate":0.1}})", "", "", "x"})
          .find("changes between two runs") != std::string::npos);
  CHECK(error_of({"{", "", "", "x"}).starts_with("estimates.json: "));
  recorded_scenario one;
  one.name = "a";
  one.metrics["sec/op"].values = {1};
  CHECK(criterion_recording({one, one}).error().line().starts_with("'a' appears twice"));
}
