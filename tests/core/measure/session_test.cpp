#include "core/measure/session.hpp"

#include <algorithm>
#include <set>

#include "tests/core/measure/fake_worker.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf;
using measure::session_options;
using measure::session_result;
using tests::worker_behaviour;
using trouble = tests::worker_behaviour::trouble;

namespace {

class recorder final : public measure::session_observer {
 public:
  void about_to_run(const measure::session_progress& now) override {
    order.emplace_back(now.scenario);
    CHECK(now.done <= now.expected);
    CHECK(now.remaining_ns >= 0);
  }
  base::result<void> finished(const model::process_result& result) override {
    recorded.push_back(result);
    if (fail_records) return base::error{.what = "disk full", .where = "journal", .next = ""};
    return {};
  }

  std::vector<std::string> order;
  std::vector<model::process_result> recorded;
  bool fail_records = false;
};

// A session over fake workers.
struct fixture {
  tests::manual_clock clock;
  std::map<std::string, worker_behaviour> behaviours;
  std::map<std::string, int> started;
  tests::fake_launcher launcher = tests::make_fake_workers(clock, behaviours, started);
  recorder observer;
  session_options options;
  std::function<bool()> stop_wanted;

  session_result run(const std::vector<std::string>& names,
                     std::vector<model::process_result> earlier = {}) {
    std::vector<measure::subject> subjects;
    for (const std::string& name : names) subjects.push_back({name, {}, "", {"worker", name}});
    measure::worker_world world{.processes = launcher,
                                .clock = clock,
                                .stop_wanted = stop_wanted,
                                .answer_timeout_ns = 2'000'000'000};
    return measure::run_session(subjects, options, world, observer, std::move(earlier));
  }
};

std::vector<model::process_result> of(const session_result& result, const std::string& name) {
  std::vector<model::process_result> out;
  for (const auto& one : result.processes) {
    if (one.scenario == name) out.push_back(one);
  }
  return out;
}

}  // namespace

TEST_CASE("a steady scenario gets the least number of processes and one that probes") {
  fixture f;
  const session_result got = f.run({"a"});
  REQUIRE(got.processes.size() == 6);
  CHECK(f.started["a"] == 7);
  CHECK_FALSE(got.interrupted);
  CHECK_FALSE(got.out_of_time);
  for (std::uint32_t i = 0; i < 6; ++i) {
    const model::process_result& one = got.processes[i];
    CHECK(one.process == i);
    CHECK(one.status == model::scenario_status::ok);
    CHECK(one.values.at("sec/op").size() == 8);
    CHECK(one.values.at("sec/op").front() == Approx(1e-6));
    CHECK(one.values.at("cpu-sec/op").front() == Approx(1e-6));
    CHECK(one.values.at("messages/s").front() == Approx(1e6));
    CHECK(one.values.contains("allocs/op") == (i == 0));
  }
  CHECK(got.processes[0].values.at("allocs/op") == std::vector<double>{2});
  CHECK(got.processes[0].values.at("B/op") == std::vector<double>{64});
}

TEST_CASE("a worker that tells of its use of the system is asked once a process") {
  fixture f;
  f.behaviours["a"].more = {"usage"};
  const session_result got = f.run({"a"});
  REQUIRE(got.processes.size() == 6);
  for (const auto& one : got.processes) {
    CHECK(one.values.at("ctx-switches/op") == std::vector<double>{4});
    CHECK(one.values.at("peak-RSS-B") == std::vector<double>{1e6});
    CHECK(one.warnings.empty());
  }
}

TEST_CASE("a worker of an older build lacks metrics, with a reason, and fails at nothing") {
  fixture f;
  f.options.instructions_folder = "scratch";
  const session_result got = f.run({"a"});
  REQUIRE(got.processes.size() == 6);
  CHECK_FALSE(got.processes[0].values.contains("ctx-switches/op"));
  CHECK_FALSE(got.processes[0].values.contains("instructions/op"));
  REQUIRE(got.processes[0].warnings.size() == 2);
  CHECK(got.processes[0].warnings[0].code == "no-usage");
  CHECK(got.processes[0].warnings[1].code == "no-instructions");
  CHECK(got.processes[0].status == model::scenario_status::ok);
}

TEST_CASE("instructions are counted twice, under callgrind, and not again after a resume") {
  fixture f;
  f.behaviours["a"].more = {"usage", "instructions"};
  f.options.instructions_folder = "scratch";
  const session_result got = f.run({"a"});
  CHECK(got.processes[0].values.at("instructions/op") == std::vector<double>{200, 200});
  CHECK_FALSE(got.processes[1].values.contains("instructions/op"));
  const auto under_valgrind = [](const fixture& one) {
    return std::count_if(
        one.launcher.started.begin(), one.launcher.started.end(),
        [](const base::process_options& p) { return p.argv.front() == "valgrind"; });
  };
  CHECK(under_valgrind(f) == 2);
  fixture again;
  again.behaviours["a"].more = {"usage", "instructions"};
  again.options.instructions_folder = "scratch";
  again.run({"a"}, {got.processes.begin(), got.processes.begin() + 3});
  CHECK(under_valgrind(again) == 0);
}

TEST_CASE("everything is recorded, in the order of finishing") {
  fixture f;
  const session_result got = f.run({"a", "b", "c"});
  CHECK(f.observer.recorded == got.processes);
}

TEST_CASE("scenarios take turns in a random order that the seed decides") {
  const auto order_of = [](std::uint64_t seed) {
    fixture f;
    f.options.seed = seed;
    f.run({"a", "b", "c", "d"});
    return f.observer.order;
  };
  const auto order = order_of(1);
  REQUIRE(order.size() == 24);
  std::set<std::vector<std::string>> rounds;
  for (std::size_t round = 0; round < 6; ++round) {
    const auto start = order.begin() + static_cast<std::ptrdiff_t>(4 * round);
    std::vector<std::string> names(start, start + 4);
    rounds.insert(names);
    std::sort(names.begin(), names.end());
    CHECK(names == std::vector<std::string>{"a", "b", "c", "d"});
  }
  CHECK(rounds.size() > 1);
  CHECK(order_of(1) == order);
  CHECK(order_of(2) != order);
}

TEST_CASE("processes are pinned to the given CPUs and padded differently") {
  fixture f;
  f.options.cpus = {3, 5};
  f.run({"a"});
  std::set<int> cpus;
  std::set<std::string> paddings;
  for (const base::process_options& one : f.launcher.started) {
    REQUIRE(one.cpu.has_value());
    cpus.insert(*one.cpu);
    for (const auto& [name, value] : one.environment) {
      if (name == "NEVAPERF_PADDING") paddings.insert(value);
    }
  }
  CHECK(cpus == std::set<int>{3, 5});
  CHECK(paddings.size() > 1);
}

TEST_CASE("a scattered scenario gets more processes, up to the limit") {
  fixture f;
  f.behaviours["wild"].jitter = 0.1;
  f.options.most_processes = 20;
  const session_result got = f.run({"calm", "wild"});
  CHECK(of(got, "calm").size() == 6);
  CHECK(of(got, "wild").size() == 20);
}

TEST_CASE("the budget ends the session; every scenario has a sample") {
  fixture f;
  for (const char* name : {"a", "b"}) f.behaviours[name].seconds_per_op = 1.0;
  f.options.budget_ns = 5'000'000'000;
  const session_result got = f.run({"a", "b"});
  CHECK(got.out_of_time);
  CHECK(of(got, "a").size() == 1);
  CHECK(of(got, "b").size() == 1);
}

TEST_CASE("an operation longer than a slice is not repeated in a process") {
  fixture f;
  f.behaviours["slow"].seconds_per_op = 0.5;
  const session_result got = f.run({"slow"});
  CHECK(got.processes.front().values.at("sec/op").size() == 1);
}

TEST_CASE("the budget is kept") {
  fixture f;
  f.behaviours["wild"].jitter = 0.5;
  f.options.most_processes = 100'000;
  f.options.budget_ns = 10'000'000'000;
  f.run({"wild"});
  CHECK(f.clock.monotonic_ns() <= 10'500'000'000);
  CHECK(f.clock.monotonic_ns() >= 9'500'000'000);
}

TEST_CASE("a scenario that misbehaves is reported and not measured again; the rest go on") {
  struct expectation {
    trouble what;
    model::scenario_status status;
    const char* why;
  };
  const expectation all[] = {
      {trouble::crash, model::scenario_status::crashed, "last words"},
      {trouble::hang, model::scenario_status::timed_out, "no answer within"},
      {trouble::fail, model::scenario_status::failed, "out of luck"},
      {trouble::torn_line, model::scenario_status::failed, "broke the protocol"},
      {trouble::wrong_answer, model::scenario_status::failed, "broke the protocol"},
  };
  for (const expectation& one : all) {
    for (const auto& [process, runs] : {std::pair{0, 0}, {0, 2}, {1, 0}, {3, 4}}) {
      fixture f;
      f.behaviours["bad"] = {
          .first_bad_process = process, .good_runs = runs, .misbehave = one.what};
      const session_result got = f.run({"good", "bad"});
      INFO(one.why << " in process " << process << " after " << runs);
      CHECK(of(got, "good").size() == 6);
      // The process that probes yields no result of its own.
      REQUIRE(of(got, "bad").size() == static_cast<std::size_t>(std::max(process, 1)));
      const model::process_result bad = of(got, "bad").back();
      CHECK(bad.status == one.status);
      CHECK(bad.failure.find(one.why) != std::string::npos);
      CHECK(f.started["bad"] == process + 1);
      CHECK(f.observer.recorded == got.processes);
    }
  }
}

TEST_CASE("a worker that cannot be started") {
  fixture f;
  tests::fake_launcher none(f.clock, [](const base::process_options&) {
    return base::result<tests::child_script>(
        base::error{.what = "cannot start", .where = "worker", .next = ""});
  });
  measure::worker_world world{
      .processes = none, .clock = f.clock, .stop_wanted = {}, .answer_timeout_ns = 1};
  const std::vector<measure::subject> subjects = {{"a", {}, "", {"worker", "a"}}};
  const session_result got = measure::run_session(subjects, f.options, world, f.observer);
  REQUIRE(got.processes.size() == 1);
  CHECK(got.processes[0].failure == "worker: cannot start");
}

TEST_CASE("an interrupt keeps what is whole") {
  fixture f;
  f.stop_wanted = [&] { return f.observer.recorded.size() == 3; };
  const session_result got = f.run({"a", "b"});
  CHECK(got.interrupted);
  CHECK(got.processes.size() == 3);
}

TEST_CASE("an interrupt ends the wait for a worker that hangs") {
  fixture f;
  f.behaviours["a"].misbehave = trouble::hang;
  f.stop_wanted = [&] { return f.clock.monotonic_ns() > 300'000'000; };
  const session_result got = f.run({"a"});
  CHECK(got.interrupted);
  CHECK(got.processes.empty());
  CHECK(f.clock.monotonic_ns() < 1'000'000'000);
}

TEST_CASE("a record that cannot be written is reported once and stops nothing") {
  fixture f;
  f.observer.fail_records = true;
  const session_result got = f.run({"a"});
  REQUIRE(got.record_error.has_value());
  CHECK(got.record_error->what == "disk full");
  CHECK(got.processes.size() == 6);
}

TEST_CASE("results of a run that was cut short count") {
  fixture f;
  const session_result first = f.run({"a", "b"});
  std::vector<model::process_result> earlier(first.processes.begin(), first.processes.begin() + 7);
  fixture again;
  const session_result got = again.run({"a", "b"}, earlier);
  CHECK(of(got, "a").size() == 6);
  CHECK(of(got, "b").size() == 6);
  CHECK(again.observer.recorded.size() == 5);
  std::set<std::uint32_t> numbers;
  for (const auto& one : of(got, "a")) numbers.insert(one.process);
  CHECK(numbers.size() == 6);
}

TEST_CASE("nothing to measure") {
  fixture f;
  const session_result got = f.run({});
  CHECK(got.processes.empty());
  CHECK_FALSE(got.interrupted);
}
