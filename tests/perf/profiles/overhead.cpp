// What a profile of a scenario costs, run by hand on a quiet machine:
//
//   nevaperf_profile_overhead alloc | contention   [PAIRS]
//
// One process, slices of about 50 ms with the collector and without in turn (ABBA), the median of
// the ratios of neighbours. alloc: the scenario struct_build_field, one allocation in each
// operation, at a period of 64 KiB (LD_PRELOAD=libtcmalloc.so.4:libnevaperf_alloc.so, as `nevaperf
// profile` has it); contention: a graph that waits 100 000 times a second.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "core/measure/slice_runner.hpp"
#include "playbook/scenarios/families.hpp"
#include "profiles/alloc/alloc_kind.hpp"
#include "profiles/contention/contention_kind.hpp"
#include "runtime/port/ports.hpp"
#include "runtime/program/graph.hpp"

using namespace nevaperf;

namespace {

constexpr double slice_seconds = 0.05;

// 10 us of work for a message, which makes at least one wait.
runtime::node_task worker(runtime::output to, std::uint64_t count) {
  using clock = std::chrono::steady_clock;
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto until = clock::now() + std::chrono::microseconds(10);
    while (clock::now() < until) {
    }
    co_await to.send(runtime::message::integer(1));
  }
}

runtime::node_task taker(runtime::input from, runtime::cluster& home, std::uint64_t count) {
  for (std::uint64_t i = 0; i < count; ++i) co_await from.receive();
  home.end({.how = runtime::outcome::kind::stopped, .status = 0, .text = {}, .failure = {}});
}

void waits(benchmark::State& state) {
  for (auto each : state) (void)each;
  const auto count = static_cast<std::uint64_t>(state.iterations());
  runtime::graph g;
  runtime::channel& c = g.add_channel();
  g.add_node("worker", {}, {&c}, [&] { return worker(runtime::output(c), count); });
  g.add_node("taker", {&c}, {}, [&] { return taker(runtime::input(c), g.home(), count); });
  g.run();
}

double seconds_of(measure::slice_runner& runner, std::uint64_t iterations) {
  const auto start = std::chrono::steady_clock::now();
  const auto done = runner.run(iterations);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  if (done) return taken.count();
  std::fprintf(stderr, "%s\n", done.error().line().c_str());
  std::exit(2);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  const int pairs = argc > 2 ? std::atoi(argv[2]) : 40;
  const bool is_alloc = what == "alloc";
  if (!is_alloc && what != "contention") {
    std::fprintf(stderr, "nevaperf_profile_overhead alloc | contention [PAIRS]\n");
    return 2;
  }
  const auto all = playbook::all_scenarios();
  measure::scenario scenario = *measure::find_scenario(all, "struct_build_field");
  if (!is_alloc) scenario.run = waits;
  measure::slice_runner runner(scenario);

  std::uint64_t iterations = 1000;
  while (seconds_of(runner, iterations) < slice_seconds) iterations *= 2;

  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "nevaperf-overhead";
  std::filesystem::create_directories(folder);
  const profiles::profile_kind& kind =
      is_alloc ? profiles::alloc_kind() : profiles::contention_kind();
  const auto with = [&] {
    const auto collector =
        kind.collect({.folder = folder.string(), .libraries = {}, .is_scenario = true});
    if (const auto started = collector->start(); !started) {
      std::fprintf(stderr, "%s\n", started.error().line().c_str());
      std::exit(2);
    }
    const double taken = seconds_of(runner, iterations);
    if (const auto stopped = collector->stop(); !stopped) std::exit(2);
    return taken;
  };
  std::vector<double> logs;
  for (int i = 0; i < pairs; ++i) {
    double on = 0;
    if (i % 2 == 0) on = with();
    const double off = seconds_of(runner, iterations);
    if (i % 2 != 0) on = with();
    logs.push_back(std::log(on / off));
  }
  std::filesystem::remove_all(folder);
  std::sort(logs.begin(), logs.end());
  std::printf("%s: %+.2f %% (median of %d pairs, quartiles %+.2f %% to %+.2f %%)\n", what.c_str(),
              100 * std::expm1(logs[logs.size() / 2]), pairs,
              100 * std::expm1(logs[logs.size() / 4]), 100 * std::expm1(logs[logs.size() * 3 / 4]));
  return 0;
}
