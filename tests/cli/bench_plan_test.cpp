#include "cli/bench_plan.hpp"

#include "core/base/file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace nevaperf;

namespace {

cli::bench_options with_filter(const std::string& filter) {
  cli::bench_options options;
  options.filters = {filter};
  return options;
}

const std::string no_op = R"({"connections": {"in:start": "out:stop"}})";

}  // namespace

TEST_CASE("the default plan measures all scenarios") {
  const auto plan = cli::plan_bench({});
  REQUIRE(plan);
  CHECK(plan->subjects.size() == 14);
  CHECK_FALSE(plan->as_json);
  CHECK(plan->session.least_processes == 6);
  CHECK_FALSE(plan->session.cpus.empty());
  const measure::subject& first = plan->subjects.front();
  CHECK(first.command == std::vector<std::string>{"/proc/self/exe", "worker", first.name});
}

TEST_CASE("quick takes at most a minute; a time, a precision and a seed are obeyed") {
  cli::bench_options options = with_filter("hop");
  options.quick = true;
  CHECK(cli::plan_bench(options)->session.budget_ns <= 60'000'000'000);
  options.time = "90s";
  options.precision = "0.5%";
  options.seed = "18446744073709551615";
  options.timeout = "250ms";
  const auto plan = cli::plan_bench(options);
  REQUIRE(plan);
  CHECK(plan->session.budget_ns == 90'000'000'000);
  CHECK(plan->session.precision == Approx(0.005));
  CHECK(plan->session.seed == 18446744073709551615U);
  CHECK(plan->timeout_ns == 250'000'000);
}

TEST_CASE("quick, usual and thorough differ in precision and in time") {
  cli::bench_options options = with_filter("hop");
  const auto usual = cli::plan_bench(options)->session;
  CHECK(usual.precision == Approx(0.02));
  options.quick = true;
  const auto quick = cli::plan_bench(options)->session;
  options.quick = false;
  options.thorough = true;
  const auto thorough = cli::plan_bench(options)->session;
  CHECK(quick.precision > usual.precision);
  CHECK(thorough.precision < usual.precision);
  CHECK(quick.budget_ns < usual.budget_ns);
  CHECK(thorough.budget_ns > usual.budget_ns);
  CHECK(thorough.most_processes > usual.most_processes);
  CHECK(usual.instructions_folder.empty());
}

TEST_CASE("two plans have different seeds") {
  CHECK(cli::plan_bench({})->session.seed != cli::plan_bench({})->session.seed);
}

TEST_CASE("a program alone is measured alone, beside a filter it is one of many") {
  const tests::temporary_folder folder;
  const std::string file = folder / "small.json";
  REQUIRE(base::real_files().write_atomic(file, no_op));
  cli::bench_options options;
  options.programs = {file};
  const auto alone = cli::plan_bench(options);
  REQUIRE(alone);
  REQUIRE(alone->subjects.size() == 1);
  CHECK(alone->subjects[0].command ==
        std::vector<std::string>{"/proc/self/exe", "worker", "program/small", "--program", file});
  options.filters = {"program/"};
  CHECK(cli::plan_bench(options)->subjects.size() == 4);
}

TEST_CASE("an output file that cannot be written is found before anything runs") {
  const tests::temporary_folder folder;
  cli::bench_options options = with_filter("hop");
  options.out = folder.path();
  CHECK_FALSE(cli::plan_bench(options));
  // What is there is left alone, what was not there does not stay.
  options.out = folder / "kept.json";
  REQUIRE(base::real_files().write_atomic(options.out, "before"));
  REQUIRE(cli::plan_bench(options));
  CHECK(*base::real_files().read(options.out) == "before");
  options.out = folder / "new.json";
  REQUIRE(cli::plan_bench(options));
  CHECK_FALSE(base::real_files().exists(options.out));
}
