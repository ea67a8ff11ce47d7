#include "core/measure/paired_session.hpp"

#include <cmath>
#include <map>
#include <random>
#include <set>

#include "core/measure/protocol.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fake_process.hpp"

using namespace nevaperf;
using measure::paired_result;
using stats::place;

namespace {

struct behaviour {
  double seconds_per_op = 1e-6;
  double luck = 0.01;    // of a process, log-normal
  int crash_after = -1;  // processes
  bool hangs = false;
};

// Two builds, "old" and "new", whose workers are started as {build, scenario}.
struct fixture {
  tests::manual_clock clock;
  std::map<std::string, behaviour> how;  // by "build scenario"
  std::map<std::string, int> started;
  std::mt19937_64 random{7};
  measure::paired_options options;
  std::function<bool()> stop_wanted;
  std::vector<std::string> order;
  tests::fake_launcher launcher{clock,
                                [this](const base::process_options& what) { return make(what); }};

  fixture() { options.seed = 1; }

  base::result<tests::child_script> make(const base::process_options& what) {
    const std::string key = what.argv.at(0) + " " + what.argv.at(1);
    const behaviour& one = how[key];
    const int number = started[key]++;
    tests::child_script script;
    script.line_ns = 1'000'000;
    script.lines = {without_break(
        measure::write_greeting({.tool = "test", .pid = 1, .scenario = what.argv.at(1)}))};
    if (one.crash_after >= 0 && number >= one.crash_after) {
      script.lines.clear();
      script.exit.signal = 11;
      script.errors = "last words\n";
      return script;
    }
    if (one.hangs) {
      script.hangs = true;
      return script;
    }
    const double op =
        one.seconds_per_op * std::exp(one.luck * std::normal_distribution<>()(random));
    script.answer = [this, op](std::string_view line) -> std::vector<std::string> {
      const auto wanted = measure::read_request(line);
      const auto n = static_cast<double>(wanted->iterations);
      clock.advance_ns(static_cast<std::int64_t>(n * op * 1e9));
      return {without_break(measure::write_answer(measure::slice{.iterations = wanted->iterations,
                                                                 .real_seconds = n * op,
                                                                 .cpu_seconds = std::nullopt,
                                                                 .items = std::nullopt}))};
    };
    return script;
  }

  static std::string without_break(std::string line) {
    line.pop_back();
    return line;
  }

  paired_result run(const std::vector<std::string>& names) {
    std::vector<measure::paired_subject> subjects;
    for (const std::string& name : names) subjects.push_back({name, {"old", name}, {"new", name}});
    measure::worker_world world{.processes = launcher,
                                .clock = clock,
                                .stop_wanted = stop_wanted,
                                .answer_timeout_ns = 2'000'000'000};
    return measure::run_paired_session(subjects, options, world,
                                       [&](const measure::session_progress& now) {
                                         order.emplace_back(now.scenario);
                                         CHECK(now.done <= now.expected);
                                         CHECK(now.remaining_ns >= 0);
                                       });
  }
};

}  // namespace

TEST_CASE("slower, faster and the same are told apart, and each stops when it is decided") {
  fixture f;
  f.how["new slow"].seconds_per_op = 1.1e-6;
  f.how["new fast"].seconds_per_op = 0.9e-6;
  const paired_result got = f.run({"slow", "fast", "same"});
  REQUIRE(got.rows.size() == 3);
  CHECK(got.rows[0].test.decision() == place::above);
  CHECK(got.rows[1].test.decision() == place::below);
  CHECK(got.rows[2].test.decision() == place::inside);
  CHECK(got.rows[0].log_ratios.size() < 20);
  CHECK(got.rows[2].log_ratios.size() > got.rows[0].log_ratios.size());
  CHECK_FALSE(got.interrupted);
  CHECK_FALSE(got.out_of_time);
  CHECK(f.clock.monotonic_ns() < f.options.budget_ns);
}

TEST_CASE("both sides of a pair share the CPU; their environments differ; chance says who starts") {
  fixture f;
  f.options.cpus = {2, 5};
  f.run({"a"});
  std::set<int> cpus;
  std::set<std::string> paddings;
  std::map<std::string, int> starts;
  // The first process plans the slices; then they come in pairs.
  for (std::size_t i = 1; i + 1 < f.launcher.started.size(); i += 2) {
    const base::process_options& one = f.launcher.started[i];
    const base::process_options& other = f.launcher.started[i + 1];
    REQUIRE(one.cpu.has_value());
    CHECK(one.cpu == other.cpu);
    cpus.insert(*one.cpu);
    paddings.insert(one.environment.front().second);
    paddings.insert(other.environment.front().second);
    if (one.argv[0] != other.argv[0]) ++starts[one.argv[0]];
  }
  CHECK(cpus == std::set<int>{2, 5});
  CHECK(paddings.size() > 4);
  CHECK(starts["old"] > 0);
  CHECK(starts["new"] > 0);
}

TEST_CASE("the control measures the old build against itself") {
  fixture f;
  const paired_result got = f.run({"a"});
  CHECK(got.control.size() == got.rows[0].log_ratios.size() / f.options.control_every);
  f.options.control_every = 0;
  CHECK(f.run({"a"}).control.empty());
}

TEST_CASE("a change is measured on until the control is narrower than it") {
  fixture f;
  f.options.control_every = 1000;
  f.how["new a"].seconds_per_op = 1.5e-6;
  const paired_result got = f.run({"a"});
  CHECK(got.rows[0].test.decision() == place::above);
  const auto control = measure::interval_of_control(got.control);
  REQUIRE(control);
  CHECK(measure::is_clear_of(*control, got.rows[0].log_ratios));
}

TEST_CASE("scenarios take turns") {
  fixture f;
  f.run({"a", "b", "c"});
  for (std::size_t round = 0; round < 5; ++round) {
    const std::set<std::string> names(f.order.begin() + static_cast<std::ptrdiff_t>(3 * round),
                                      f.order.begin() + static_cast<std::ptrdiff_t>(3 * round + 3));
    CHECK(names.size() == 3);
  }
}

TEST_CASE("a crash on one side is reported with its side; the rest go on") {
  fixture f;
  f.how["new bad"].crash_after = 3;
  f.how["old worse"].hangs = true;
  const paired_result got = f.run({"bad", "good", "worse"});
  REQUIRE(got.rows[0].failure);
  CHECK(got.rows[0].failure->side == 1);
  CHECK(got.rows[0].failure->why.status == model::scenario_status::crashed);
  CHECK(got.rows[0].log_ratios.size() == 3);
  REQUIRE(got.rows[2].failure);
  CHECK(got.rows[2].failure->side == 0);
  CHECK(got.rows[2].failure->why.status == model::scenario_status::timed_out);
  CHECK_FALSE(got.rows[1].failure);
  CHECK(got.rows[1].test.decision() == place::inside);
}

TEST_CASE("the budget is kept, and what was measured is looked at") {
  fixture f;
  f.how["old a"].luck = 0.3;
  f.how["new a"].luck = 0.3;
  f.options.budget_ns = 1'500'000'000;
  const paired_result got = f.run({"a"});
  CHECK(got.out_of_time);
  CHECK(f.clock.monotonic_ns() <= 1'575'000'000);
  CHECK(f.clock.monotonic_ns() >= 1'300'000'000);
  CHECK(got.rows[0].test.looks() > 0);
  CHECK(got.rows[0].test.decision() == place::across);
}

TEST_CASE("a stop keeps what is done") {
  fixture f;
  int asked = 0;
  f.stop_wanted = [&] { return ++asked > 12; };
  const paired_result got = f.run({"a", "b"});
  CHECK(got.interrupted);
  CHECK_FALSE(got.rows[0].log_ratios.empty());
  CHECK_FALSE(got.rows[0].failure);
}

TEST_CASE("an operation longer than a slice is measured once a side") {
  fixture f;
  f.how["old a"].seconds_per_op = 0.5;
  f.how["new a"].seconds_per_op = 0.5;
  const paired_result got = f.run({"a"});
  // Half a second a side and pair, not three times that.
  CHECK(got.rows[0].log_ratios.size() >= 18);
}

TEST_CASE("a control that differs from itself convicts the session") {
  CHECK_FALSE(measure::interval_of_control(std::vector<double>{0.1, 0.1}));
  const auto biased = measure::interval_of_control(std::vector<double>(20, 0.1));
  CHECK(biased->is_biased);
  std::vector<double> even;
  for (int i = 0; i < 20; ++i) even.push_back(i % 2 == 0 ? 0.01 * i : -0.01 * i);
  CHECK_FALSE(measure::interval_of_control(even)->is_biased);
  CHECK(measure::is_clear_of({-0.02, 0.02}, std::vector<double>(10, 0.05)));
  CHECK_FALSE(measure::is_clear_of({-0.02, 0.06}, std::vector<double>(10, 0.05)));
}
