#include "core/measure/google_target.hpp"

#include "core/measure/injected_work.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fake_process.hpp"

using namespace nevaperf;
using measure::slice_from_google;

namespace {

struct fixture {
  tests::manual_clock clock;
  tests::child_script script;
  tests::fake_launcher launcher{clock, [this](const base::process_options&) {
                                  return base::result<tests::child_script>(script);
                                }};

  base::result<std::vector<std::string>> list() {
    return measure::list_google_benchmarks(launcher, {"bench", "--own"}, 1'000'000'000);
  }
};

std::string result_of(const std::string& rows) {
  return R"({"context":{},"benchmarks":[)" + rows + "]}";
}

}  // namespace

TEST_CASE("the benchmarks of a binary are listed, each once") {
  fixture f;
  f.script.lines = {"BM_one", "BM_two/8", "", "BM_one"};
  const auto got = f.list();
  REQUIRE(got);
  CHECK(*got == std::vector<std::string>{"BM_one", "BM_two/8"});
  CHECK(f.launcher.started.front().argv ==
        std::vector<std::string>{"bench", "--own", "--benchmark_list_tests=true"});
}

TEST_CASE("what is no list of benchmarks is an error that names the program") {
  fixture echo;
  echo.script.lines = {"--benchmark_list_tests=true"};
  CHECK(echo.list().error().line() ==
        "bench: it is no Google Benchmark binary (a Google Benchmark binary answers bench "
        "--benchmark_list_tests)");
  fixture empty;
  CHECK(empty.list().error().what == "it lists no benchmarks");
  fixture failing;
  failing.script.exit.status = 3;
  failing.script.errors = "one\nno such option\n";
  CHECK(failing.list().error().what ==
        "it does not list its benchmarks: exit status 3: no such option");
}

TEST_CASE("a filter fits one name alone") {
  CHECK(measure::exact_filter("BM_a/8") == "^BM_a/8$");
  CHECK(measure::exact_filter("BM<int>(a.b)[1]|x*+?^$\\{2}") ==
        "^BM<int>\\(a\\.b\\)\\[1]\\|x\\*\\+\\?\\^\\$\\\\\\{2}$");
}

TEST_CASE("several threads are seen by the name") {
  CHECK(measure::has_threads("BM_q/threads:4"));
  CHECK(measure::has_threads("BM_q/threads:12"));
  CHECK_FALSE(measure::has_threads("BM_q/threads:1"));
  CHECK_FALSE(measure::has_threads("BM_q/threads:1/real_time"));
  CHECK_FALSE(measure::has_threads("BM_q/8"));
}

TEST_CASE("a result becomes a slice") {
  const auto got = slice_from_google(
      result_of(R"({"name":"BM_a","run_name":"BM_a","run_type":"iteration","iterations":7,)"
                R"("real_time":2.0,"cpu_time":1.0,"time_unit":"us","items_per_second":500000.0})"),
      "BM_a", 0.005);
  const auto& slice = std::get<measure::slice>(got);
  CHECK(slice.iterations == 2500);
  CHECK(slice.real_seconds == Approx(0.005));
  CHECK(*slice.cpu_seconds == Approx(0.0025));
  CHECK(*slice.items == Approx(2500));
}

TEST_CASE("a result that is none says why") {
  const auto why = [](const std::string& text) {
    return std::get<measure::scenario_failure>(slice_from_google(text, "BM_a", 0.005)).what;
  };
  CHECK(why(result_of(R"({"name":"BM_a","run_name":"BM_a","run_type":"iteration",)"
                      R"("error_occurred":true,"error_message":"no device","real_time":0,)"
                      R"("cpu_time":0,"time_unit":"ns"})")) == "failed: no device");
  CHECK(why(result_of("")).starts_with("its result cannot be read"));
  CHECK(why(result_of(R"({"name":"BM_b","run_name":"BM_b","run_type":"iteration",)"
                      R"("real_time":1,"cpu_time":1,"time_unit":"ns"})")) ==
        "it did not run a benchmark of this name");
  CHECK(why("{\"benchmarks\":[").starts_with("its result cannot be read"));
}

TEST_CASE("known work is added and not admitted") {
  CHECK(*measure::injected_share(nullptr) == 0);
  CHECK(*measure::injected_share("3%") == Approx(0.03));
  CHECK(measure::injected_share("3 apples").error().where == "NEVAPERF_INJECT");
  CHECK_FALSE(measure::injected_share("2000%"));
  CHECK(measure::with_injection(1000, 0.03) == 1030);
  CHECK(measure::without_injection(1030, 0.03) == 1000);
  CHECK(measure::without_injection(1, 5) == 1);
}
