#include "core/measure/slice_runner.hpp"

#include <benchmark/benchmark.h>

#include <exception>
#include <optional>
#include <utility>

namespace nevaperf::measure {

namespace {

// The reason of a run that did not succeed. Google Benchmark 1.8 renamed the members.
template <class Run>
std::optional<std::string> reason_of(const Run& run) {
  if constexpr (requires { run.error_occurred; }) {
    if (run.error_occurred) return run.error_message;
  } else {
    if (run.skipped) return run.skip_message;
  }
  return std::nullopt;
}

class keeping_reporter final : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.run_type != Run::RT_Iteration) continue;
      failure = reason_of(run);
      measured = slice{.iterations = static_cast<std::uint64_t>(run.iterations),
                       .real_seconds = run.real_accumulated_time,
                       .cpu_seconds = run.cpu_accumulated_time,
                       .items = std::nullopt};
    }
  }

  std::optional<slice> measured;
  std::optional<std::string> failure;
};

}  // namespace

struct slice_runner::registered {
  std::function<void(benchmark::State&)> body;
  benchmark::internal::Benchmark* entry = nullptr;
  std::int64_t items = 0;
  std::function<void()> before = {};
  std::function<void()> after = {};

  void operator()(benchmark::State& state) {
    if (before) before();
    // An exception must not pass through the library, which keeps locks and counts threads.
    try {
      body(state);
    } catch (const std::exception& e) {
      state.SkipWithError(e.what());
    } catch (...) {
      state.SkipWithError("an exception that is no std::exception");
    }
    if (after) after();
    items = state.items_processed();
  }
};

slice_runner::slice_runner(const scenario& what)
    : benchmark_(std::make_unique<registered>()), in_process_(what.in_process) {
  benchmark_->body = what.run;
  benchmark_->entry = benchmark::RegisterBenchmark(
      what.name.c_str(), [this](benchmark::State& state) { (*benchmark_)(state); });
  benchmark_->entry->Repetitions(1)->MeasureProcessCPUTime();
  if (what.manual_time) {
    benchmark_->entry->UseManualTime();
  } else {
    benchmark_->entry->UseRealTime();
  }
}

slice_runner::~slice_runner() {
  benchmark::ClearRegisteredBenchmarks();
}

base::result<slice> slice_runner::run(std::uint64_t iterations) {
  benchmark_->entry->Iterations(static_cast<benchmark::IterationCount>(iterations));
  benchmark_->items = 0;
  keeping_reporter reporter;
  // The pattern is given: the library would else take one from the environment.
  benchmark::RunSpecifiedBenchmarks(&reporter, nullptr, ".");
  if (reporter.failure) {
    return base::error{.what = *reporter.failure, .where = "", .next = ""};
  }
  if (!reporter.measured || reporter.measured->iterations == 0) {
    return base::error{.what = "it did not run its loop", .where = "", .next = ""};
  }
  if (!in_process_) reporter.measured->cpu_seconds.reset();
  if (benchmark_->items != 0) reporter.measured->items = static_cast<double>(benchmark_->items);
  return *reporter.measured;
}

base::result<slice> slice_runner::run_watched(std::uint64_t iterations,
                                              const std::function<void()>& before,
                                              const std::function<void()>& after) {
  benchmark_->before = before;
  benchmark_->after = after;
  auto measured = run(iterations);
  benchmark_->before = {};
  benchmark_->after = {};
  return measured;
}

}  // namespace nevaperf::measure
