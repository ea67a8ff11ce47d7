#include "core/formats/go_text.hpp"

#include "tests/support/catch.hpp"

using namespace nevaperf::formats;

namespace {

std::string error_of(std::string_view text) {
  const auto got = read_go_text(text);
  return got ? "" : got.error().line();
}

const recorded_metric& metric(const recording& data, std::size_t place, const std::string& unit) {
  return data.scenarios.at(place).metrics.at(unit);
}

bool warns(const recording& data, const std::string& code) {
  for (const auto& one : data.warnings) {
    if (one.code == code) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("results of several rounds are samples, in base units") {
  const auto got = read_go_text(
      "goos: linux\ngoarch: amd64\npkg: example.org/p\ncpu: Example CPU\n"
      "BenchmarkA/n=8-2 \t 100\t 4.5 ns/op\t 16 B/op\t 1 allocs/op\r\n"
      "BenchmarkB-2  \t 7\t 2 ns/op  100.5 MB/s 3 custom\n"
      "BenchmarkA/n=8-2 \t 100\t 5.5 ns/op\t 16 B/op\t 1 allocs/op\n"
      "PASS\nok  \texample.org/p\t1.234s\n");
  REQUIRE(got);
  CHECK(got->kind == recording_kind::go_benchmark);
  REQUIRE(got->scenarios.size() == 2);
  CHECK(got->scenarios[0].name == "A/n=8-2");
  CHECK(metric(*got, 0, "sec/op").values == std::vector{4.5 * 1e-9, 5.5 * 1e-9});
  CHECK(metric(*got, 0, "B/op").values == std::vector{16.0, 16.0});
  CHECK(metric(*got, 1, "B/s").values == std::vector{100.5e6});
  CHECK(metric(*got, 1, "custom").values == std::vector{3.0});
  CHECK(got->package == "example.org/p");
  CHECK(got->environment.cpu_model == "Example CPU");
  CHECK(got->environment.os == "linux/amd64");
  REQUIRE(got->warnings.size() == 1);
  CHECK(got->warnings[0].code == "one-process");
}

TEST_CASE("repetitions of several processes are told from those of one") {
  const std::string header = "goos: linux\npkg: example.org/p\n";
  const std::string result = "BenchmarkA 1 2 ns/op\n";
  const auto apart = read_go_text(header + result + "PASS\n" + header + result + "PASS\n");
  CHECK(apart->warnings.empty());
  CHECK(warns(*read_go_text(header + result + result + "PASS\n"), "one-process"));
  CHECK(warns(*read_go_text(header + result + "PASS\n" + result + result), "one-process"));
  CHECK(read_go_text(result + "ok  \texample.org/p\t1s\n" + result)->warnings.empty());
}

TEST_CASE("what differs within the file belongs to the results, what does not to the file") {
  const auto got = read_go_text(
      "goos: linux\ntoolchain: a\nBenchmarkX 1 2 ns/op\ntoolchain: b\nnote: n\nBenchmarkX 1 3 "
      "ns/op\ntoolchain: a\nnote: \nBenchmarkY 1 3 ns/op\n");
  REQUIRE(got);
  REQUIRE(got->scenarios.size() == 3);
  CHECK(got->scenarios[0].settings.at("toolchain") == "a");
  CHECK(got->scenarios[0].settings.at("note").empty());
  CHECK(got->scenarios[1].settings.at("toolchain") == "b");
  CHECK(got->scenarios[1].name == "X");
  CHECK(got->scenarios[1].settings.at("note") == "n");
  CHECK(got->configuration.at("goos") == "linux");
  CHECK_FALSE(got->configuration.contains("toolchain"));
}

TEST_CASE("custom times become seconds wherever the unit has them") {
  const auto got = read_go_text("BenchmarkA 1 2 ns/GC 3 p99-ns/op 4 p50-ns 5 ns 6 hits\n");
  REQUIRE(got);
  CHECK(metric(*got, 0, "sec/GC").values[0] == Approx(2e-9).epsilon(1e-14));
  CHECK(metric(*got, 0, "p99-sec/op").values[0] == Approx(3e-9).epsilon(1e-14));
  CHECK(metric(*got, 0, "p50-sec").values[0] == Approx(4e-9).epsilon(1e-14));
  CHECK(metric(*got, 0, "sec").values[0] == Approx(5e-9).epsilon(1e-14));
  CHECK(metric(*got, 0, "hits").values[0] == 6);
}

TEST_CASE("several packages keep benchmarks of one name apart") {
  const auto got = read_go_text(
      "pkg: p/a\nBenchmarkX 1 2 ns/op\npkg: p/b\nBenchmarkX 1 3 ns/op\npkg: p/a\nBenchmarkX 1 4 "
      "ns/op\n");
  REQUIRE(got);
  CHECK(got->package.empty());
  REQUIRE(got->scenarios.size() == 2);
  CHECK(got->scenarios[0].name == "p/a.X");
  CHECK(metric(*got, 0, "sec/op").values.size() == 2);
  CHECK(got->scenarios[1].name == "p/b.X");
}

TEST_CASE("what the file says of units is kept") {
  const auto got = read_go_text(
      "Unit ns/op assume=nothing better=lower\nUnit hits better=higher\nUnit B/op assume=exact\n"
      "BenchmarkX 1 2 ns/op 3 hits 4 B/op\n");
  REQUIRE(got);
  CHECK(got->units.at("sec/op").direction == better::less);
  CHECK(got->units.at("hits").direction == better::more);
  CHECK(got->units.at("B/op").is_exact);
  CHECK(error_of("Unit hits\nBenchmarkX 1 2 ns/op\n").starts_with("line 1: a Unit line"));
}

TEST_CASE("output of tests is not a result, and is counted where it looks like one") {
  const auto got = read_go_text(
      "=== RUN   BenchmarkX\nBenchmarkX\nBenchmarkX-8   \thello\nBenchmarking is fun 1 2\n"
      "note: first\nnote: second\nSome: Thing\nBenchmarkX-8 1 2 ns/op\n--- FAIL: BenchmarkY-8\n"
      "--- SKIP: BenchmarkZ-8\nFAIL\n");
  REQUIRE(got);
  REQUIRE(got->scenarios.size() == 3);
  CHECK(got->scenarios[1].name == "Y-8");
  CHECK(got->scenarios[1].failure.starts_with("failed"));
  CHECK(got->scenarios[2].failure.starts_with("skipped"));
  CHECK(warns(*got, "odd-lines"));
  CHECK(got->scenarios.back().settings.empty());  // no result lies between the two
  CHECK(warns(*got, "failed-tests"));
  CHECK_FALSE(got->configuration.contains("Some"));
  CHECK_FALSE(warns(*got, "torn-end"));
  CHECK(warns(*read_go_text("BenchmarkX 1 2 ns/op"), "torn-end"));
}

TEST_CASE("broken results are named with their line") {
  const std::string good = "BenchmarkX 1 2 ns/op\n";
  CHECK(
      error_of(good + "BenchmarkY 1 2\n").starts_with("line 2: the result of 'BenchmarkY' is cut"));
  CHECK(error_of(good + "BenchmarkY 1\n").starts_with("line 2: the result of 'BenchmarkY' is cut"));
  CHECK(error_of(good + "BenchmarkY 1 2 ns/op 3\n").starts_with("line 2: "));
  CHECK(error_of(good + "BenchmarkY 1 NaN ns/op\n")
            .starts_with("line 2: 'NaN' of 'BenchmarkY' is not a finite number"));
  CHECK(error_of(good + "\nBenchmarkY 1 +Inf ns/op\n").starts_with("line 3: '+Inf'"));
  CHECK(error_of(good + "BenchmarkY 1 1e999 ns/op\n").starts_with("line 2: '1e999'"));
  CHECK(error_of(good + "BenchmarkY 1 2x ns/op\n").starts_with("line 2: '2x'"));
  CHECK(
      error_of(good + "BenchmarkY 1 -2 ns/op\n").starts_with("line 2: a negative value: -2 ns/op"));
  CHECK(
      error_of(good + "BenchmarkY 1 2 ns/op 3 ns/op\n").starts_with("line 2: unit 'ns/op' stands"));
  CHECK(error_of(good + "BenchmarkY 1 1e305 MB/s\n").starts_with("line 2: '1e305' is too large"));
  CHECK(read_go_text(good + "--- FAIL: Benchmark\n")->scenarios.size() == 1);
  CHECK(error_of("PASS\n").starts_with("there is no benchmark result in it"));
  CHECK(error_of(std::string_view("Bench\0mark", 10)).starts_with("this is binary data"));
}
