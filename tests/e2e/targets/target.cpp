// A Google Benchmark program that behaves as TARGET_* in its environment say.
//
//   TARGET_MORE=20         percent of more work in BM_work
//   TARGET_TROUBLE=crash   BM_trouble dies; also: hang, skip, exit
//   TARGET_ONLY=name       registers one benchmark more, of that name
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

std::string setting(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

void spin(int steps) {
  for (int i = 0; i < steps; ++i) benchmark::DoNotOptimize(i);
}

void work(benchmark::State& state) {
  static const int steps = 1000 + 10 * std::atoi(setting("TARGET_MORE").c_str());
  for (auto unused : state) {
    static_cast<void>(unused);
    spin(steps);
  }
}

void trouble(benchmark::State& state) {
  const std::string what = setting("TARGET_TROUBLE");
  if (what == "skip") return state.SkipWithError("no device");
  for (auto unused : state) {
    static_cast<void>(unused);
    spin(1000);
    if (what == "crash") {
      std::fprintf(stderr, "about to die\n");
      std::signal(SIGSEGV, SIG_DFL);  // a sanitizer would make a report of it
      std::raise(SIGSEGV);
    }
    if (what == "exit") std::_Exit(7);
    while (what == "hang") ::pause();
  }
}

void print(benchmark::State& state) {
  for (auto unused : state) {
    static_cast<void>(unused);
    std::printf("{\"benchmarks\": [\n");
  }
}

void manual(benchmark::State& state) {
  for (auto unused : state) {
    static_cast<void>(unused);
    spin(1000);
    state.SetIterationTime(1e-6);
  }
}

class fixture : public benchmark::Fixture {};

}  // namespace

BENCHMARK_DEFINE_F(fixture, BM_in)(benchmark::State& state) {
  work(state);
}
BENCHMARK_REGISTER_F(fixture, BM_in)->Arg(8);

int main(int argc, char** argv) {
  benchmark::RegisterBenchmark("BM_work", work);
  benchmark::RegisterBenchmark("BM_work_longer_name", work);
  benchmark::RegisterBenchmark("BM_a.b<int, (x)>[1]|$", work);
  benchmark::RegisterBenchmark("BM_trouble", trouble);
  benchmark::RegisterBenchmark("BM_print", print);
  benchmark::RegisterBenchmark("BM_manual", manual)->UseManualTime();
  benchmark::RegisterBenchmark("BM_threads", work)->Threads(2)->UseRealTime();
  const std::string only = setting("TARGET_ONLY");
  if (!only.empty()) benchmark::RegisterBenchmark(only.c_str(), work);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
