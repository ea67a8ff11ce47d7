#include "core/formats/google_json.hpp"

#include "tests/support/catch.hpp"

using namespace nevaperf::formats;

namespace {

std::string file_of(const std::string& rows) {
  return "{\n\"context\": {\"host_name\": \"h\", \"num_cpus\": 2, \"caches\": [{\"size\": 1}],\n"
         "\"load_avg\": [0.5, 0.6], \"library_build_type\": \"release\"},\n\"benchmarks\": [\n" +
         rows + "\n]}\n";
}

std::string row(const std::string& name, const std::string& time, const std::string& more = "") {
  return "{\"name\": \"" + name + "\", \"run_name\": \"" + name +
         "\", \"run_type\": \"iteration\", \"iterations\": 10, \"real_time\": " + time +
         ", \"cpu_time\": 1, \"time_unit\": \"us\"" + more + "}";
}

std::string aggregate(const std::string& kind, const std::string& members) {
  return "{\"name\": \"a_" + kind + "\", \"run_name\": \"a\", \"run_type\": \"aggregate\", " +
         "\"aggregate_name\": \"" + kind + "\"" + members + "}";
}

std::string error_of(const std::string& text) {
  const auto got = read_google_json(text);
  return got ? "" : got.error().line();
}

const std::vector<double>& values(const recording& data, std::size_t place,
                                  const std::string& unit) {
  return data.scenarios.at(place).metrics.at(unit).values;
}

}  // namespace

TEST_CASE("repetitions are samples, aggregates beside them are not") {
  const auto got = read_google_json(file_of(
      row("a", "3") + ",\n" + row("b", "7.5", ",\"items_per_second\": 10, \"foo\": -2") + ",\n" +
      row("a", "5") + ",\n" +
      aggregate("mean", ",\"real_time\": 4, \"cpu_time\": 1, \"time_unit\": \"us\"") + ",\n" +
      aggregate("BigO", ",\"real_coefficient\": 4, \"big_o\": \"N\", \"time_unit\": \"ns\"") +
      ",\n" + aggregate("RMS", ",\"rms\": 0.1")));
  REQUIRE(got);
  REQUIRE(got->scenarios.size() == 2);
  CHECK(values(*got, 0, "sec/op") == std::vector{3 * 1e-6, 5 * 1e-6});
  CHECK(values(*got, 0, "cpu-sec/op").size() == 2);
  CHECK(values(*got, 1, "items/s") == std::vector{10.0});
  CHECK(values(*got, 1, "foo") == std::vector{-2.0});
  CHECK(got->scenarios[0].metrics.size() == 2);
  CHECK(got->environment.host == "h");
  CHECK(got->environment.cores == 2U);
  CHECK(got->environment.load == 0.5);
  REQUIRE(got->warnings.size() == 1);
  CHECK(got->warnings[0].code == "one-process");
}

TEST_CASE("aggregates alone give their median, and a doubt") {
  const std::string times = ", \"cpu_time\": 1, \"time_unit\": \"ns\"";
  const auto got = read_google_json(file_of(aggregate("mean", ",\"real_time\": 9" + times) + "," +
                                            aggregate("median", ",\"real_time\": 8" + times) + "," +
                                            aggregate("stddev", ",\"real_time\": 1" + times)));
  REQUIRE(got);
  REQUIRE(got->scenarios.size() == 1);
  CHECK(got->scenarios[0].name == "a");
  CHECK(values(*got, 0, "sec/op") == std::vector{8 * 1e-9});
  REQUIRE(got->warnings.size() == 1);
  CHECK(got->warnings[0].code == "aggregates-only");
}

TEST_CASE("errors and skips are kept as failures") {
  const auto got = read_google_json(
      file_of(row("a", "0", ",\"error_occurred\": true, \"error_message\": \"no luck\"") + "," +
              row("b", "0", ",\"skipped\": true, \"skip_message\": \"not here\"")));
  REQUIRE(got);
  CHECK(got->scenarios[0].failure == "failed: no luck");
  CHECK(got->scenarios[0].metrics.empty());
  CHECK(got->scenarios[1].failure == "skipped: not here");
}

TEST_CASE("two benchmarks of one name are told apart") {
  const auto got = read_google_json(
      file_of(row("a", "1", ",\"family_index\": 0") + "," + row("a", "2", ",\"family_index\": 1")));
  REQUIRE(got);
  REQUIRE(got->scenarios.size() == 2);
  CHECK(got->scenarios[1].name == "a#2");
  CHECK(got->warnings.at(0).code == "duplicate-names");
}

TEST_CASE("broken files are named with their line") {
  CHECK(error_of(file_of(row("a", "1") + ",\n" + row("b", "-1")))
            .starts_with("line 6: a negative time of 'b'"));
  CHECK(error_of(file_of(row("a", "1") + ",\n" + row("b", "NaN")))
            .starts_with("line 6: not valid JSON"));
  CHECK(error_of(file_of(row("a", "\"1\""))).starts_with("line 5: real_time is not a number"));
  CHECK(error_of(file_of("{\"name\": \"a\"}")).starts_with("line 5: 'a' has no real_time"));
  CHECK(error_of(file_of("{\"real_time\": 1}")).starts_with("line 5: a benchmark without a name"));
  CHECK(error_of(file_of("")).starts_with("/benchmarks: there is no benchmark result"));
  const std::string whole = file_of(row("a", "1"));
  for (std::size_t length = 1; length + 2 < whole.size(); ++length) {
    INFO(length);
    CHECK_FALSE(error_of(whole.substr(0, length)).empty());
  }
  CHECK(error_of(whole.substr(0, whole.size() - 20)).find("ends in the middle") !=
        std::string::npos);
  CHECK(error_of("{\"benchmarks\": " + std::string(1000, '[') + "}").find("deeply") !=
        std::string::npos);
  std::string unit = whole;
  unit.replace(unit.find("\"us\""), 4, "\"m\"");
  CHECK(error_of(unit).find("unknown time unit 'm'") != std::string::npos);
}
