// The protocol between a session and real worker processes that behave and misbehave.
#include "core/base/clock.hpp"
#include "core/measure/allocation_counter.hpp"
#include "core/measure/worker_link.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf;
using measure::worker_failure;
using measure::worker_link;
using model::scenario_status;

namespace {

struct real_world {
  measure::worker_world world{.processes = base::real_processes(),
                              .clock = base::system_clock(),
                              .stop_wanted = {},
                              .answer_timeout_ns = 20'000'000'000};

  measure::worker_result<worker_link> start(const std::string& scenario, bool counting = false) {
    base::process_options process;
    process.argv = {NEVAPERF_TEST_WORKER, scenario};
    if (counting) process.environment = measure::counting_environment();
    return worker_link::start(world, process, scenario);
  }
};

worker_failure failure_of_run(const std::string& scenario, std::int64_t timeout_ns) {
  real_world real;
  auto started = real.start(scenario);
  auto* worker = std::get_if<worker_link>(&started);
  REQUIRE(worker != nullptr);
  real.world.answer_timeout_ns = timeout_ns;
  auto got = worker->run(1);
  auto* failure = std::get_if<worker_failure>(&got);
  REQUIRE(failure != nullptr);
  return *failure;
}

worker_failure failure_of_run(const std::string& scenario) {
  return failure_of_run(scenario, 20'000'000'000);
}

worker_link::timed_slice slice_of(const std::string& scenario, std::uint64_t iterations) {
  real_world real;
  auto started = real.start(scenario);
  auto* worker = std::get_if<worker_link>(&started);
  REQUIRE(worker != nullptr);
  auto got = worker->run(iterations);
  const auto* measured = std::get_if<worker_link::timed_slice>(&got);
  REQUIRE(measured != nullptr);
  CHECK(std::holds_alternative<base::exit_report>(worker->finish()));
  return *measured;
}

}  // namespace

TEST_CASE("a worker runs as many iterations as it is asked for") {
  const auto got = slice_of("steady", 1000);
  CHECK(got.measured.iterations == 1000);
  CHECK(got.measured.items == 2000.0);
  CHECK(got.measured.real_seconds > 0);
  CHECK(got.measured.cpu_seconds.has_value());
  CHECK(static_cast<double>(got.wall_ns) * 1e-9 >= got.measured.real_seconds);
}

TEST_CASE("a worker serves many requests") {
  real_world real;
  auto started = real.start("steady");
  auto* worker = std::get_if<worker_link>(&started);
  REQUIRE(worker != nullptr);
  for (std::uint64_t n = 1; n <= 20; ++n) {
    auto got = worker->run(n);
    REQUIRE(std::holds_alternative<worker_link::timed_slice>(got));
    CHECK(std::get<worker_link::timed_slice>(got).measured.iterations == n);
  }
  CHECK(std::holds_alternative<base::exit_report>(worker->finish()));
}

TEST_CASE("what a scenario prints and reads does not reach the protocol") {
  CHECK(slice_of("noisy", 5).measured.iterations == 5);
}

TEST_CASE("manual time is what the scenario says") {
  CHECK(slice_of("manual", 4).measured.real_seconds == Approx(1.0));
}

TEST_CASE("paused time is not measured, but waited for") {
  const auto got = slice_of("pause", 2);
  CHECK(got.wall_ns >= 40'000'000);
  CHECK(got.measured.real_seconds < 0.040);
}

TEST_CASE("a scenario of other processes has no CPU time and no counts") {
  CHECK_FALSE(slice_of("elsewhere", 2).measured.cpu_seconds.has_value());
  real_world real;
  auto started = real.start("elsewhere", true);
  auto counted = std::get<worker_link>(started).count(2);
  CHECK(std::holds_alternative<measure::no_counts>(std::get<worker_link::count_answer>(counted)));
}

TEST_CASE("allocations of the loop are counted exactly, set-up is not") {
  if (measure::counting_environment().empty()) return;  // a sanitizer's allocator
  real_world real;
  auto started = real.start("steady", true);
  auto* worker = std::get_if<worker_link>(&started);
  REQUIRE(worker != nullptr);
  REQUIRE(std::holds_alternative<worker_link::timed_slice>(worker->run(10)));
  auto counted = worker->count(64);
  const auto& answer = std::get<worker_link::count_answer>(counted);
  const auto* counts = std::get_if<measure::allocation_counts>(&answer);
  REQUIRE(counts != nullptr);
  CHECK(counts->operations == 64);
  CHECK(counts->allocations == 3 * 64);
  CHECK(counts->bytes == 300 * 64);
}

TEST_CASE("what the operations took from the system") {
  real_world real;
  auto started = real.start("pause");
  auto* worker = std::get_if<worker_link>(&started);
  REQUIRE(worker != nullptr);
  REQUIRE(worker->answers(measure::request::kind::usage));
  auto used = worker->usage(3);
  const auto& said = std::get<worker_link::usage_answer>(used);
  const auto* usage = std::get_if<measure::system_usage>(&said);
  REQUIRE(usage != nullptr);
  CHECK(usage->operations == 3);
  CHECK(usage->voluntary_switches >= 3);  // each operation sleeps
  CHECK(usage->voluntary_switches <= 10);
  CHECK(usage->peak_memory_bytes.value_or(0) > 1e6);
  CHECK(std::holds_alternative<base::exit_report>(worker->finish()));
}

TEST_CASE("a worker that does not run under callgrind says that it cannot count instructions") {
  real_world real;
  auto started = real.start("steady");
  auto* worker = std::get_if<worker_link>(&started);
  REQUIRE(worker != nullptr);
  auto counted = worker->instructions(4);
  CHECK(std::holds_alternative<measure::no_counts>(
      std::get<worker_link::instruction_answer>(counted)));
  CHECK(std::holds_alternative<base::exit_report>(worker->finish()));
}

TEST_CASE("without tcmalloc a worker says that it cannot count") {
  real_world real;
  auto started = real.start("steady");
  auto counted = std::get<worker_link>(started).count(64);
  CHECK(std::holds_alternative<measure::no_counts>(std::get<worker_link::count_answer>(counted)));
}

TEST_CASE("a crash is a crash, with the last words") {
  const worker_failure got = failure_of_run("crash");
  CHECK(got.status == scenario_status::crashed);
  CHECK(got.why == "killed by SIGSEGV (segmentation fault): about to die");
}

TEST_CASE("an exit in the middle is a failure, with the last words") {
  const worker_failure got = failure_of_run("exit");
  CHECK(got.status == scenario_status::failed);
  CHECK(got.why == "exit status 7: giving up");
}

TEST_CASE("silence ends at the timeout") {
  const worker_failure got = failure_of_run("hang", 200'000'000);
  CHECK(got.status == scenario_status::timed_out);
  CHECK(got.why.find("--timeout") != std::string::npos);
}

TEST_CASE("SkipWithError and exceptions are failures with their text") {
  CHECK(failure_of_run("skip").why == "no such device");
  CHECK(failure_of_run("throw").why == "bad weather");
  CHECK(failure_of_run("throw").status == scenario_status::failed);
}

TEST_CASE("a scenario that the worker does not know") {
  real_world real;
  auto started = real.start("nonesuch");
  const auto* failure = std::get_if<worker_failure>(&started);
  REQUIRE(failure != nullptr);
  CHECK(failure->why == "exit status 2: unknown scenario");
}

TEST_CASE("a program that is not there") {
  real_world real;
  base::process_options process;
  process.argv = {"/nonexistent/program"};
  auto started = worker_link::start(real.world, process, "x");
  const auto* failure = std::get_if<worker_failure>(&started);
  REQUIRE(failure != nullptr);
  CHECK(failure->status == scenario_status::failed);
  CHECK(failure->why.find("/nonexistent/program") != std::string::npos);
}

TEST_CASE("a program that does not speak the protocol") {
  real_world real;
  base::process_options process;
  process.argv = {"echo", "hello"};
  auto started = worker_link::start(real.world, process, "x");
  const auto* failure = std::get_if<worker_failure>(&started);
  REQUIRE(failure != nullptr);
  CHECK(failure->why.find("broke the protocol") != std::string::npos);
}
