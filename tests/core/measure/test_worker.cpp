// A worker with scenarios that behave and misbehave: test_worker SCENARIO. The tests drive it as a
// session drives nevaperf.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <stdexcept>
#include <vector>

#include "core/measure/scenario.hpp"
#include "core/measure/worker_server.hpp"

namespace {

using nevaperf::measure::scenario;

void allocate_100_bytes_3_times(benchmark::State& state) {
  // Set-up allocates too; it must not be counted.
  std::vector<int> setup(1000);
  benchmark::DoNotOptimize(setup.data());
  for (auto unused : state) {
    static_cast<void>(unused);
    for (int i = 0; i < 3; ++i) {
      void* volatile block = std::malloc(100);  // volatile: else the pair is optimised away
      std::free(block);
    }
  }
  state.SetItemsProcessed(state.iterations() * 2);
}

void print_everywhere(benchmark::State& state) {
  for (auto unused : state) {
    static_cast<void>(unused);
    std::cout << "{\"slice\": {}}" << std::endl;
    std::printf("noise\n");
    std::fflush(stdout);
    char byte = 0;
    if (::write(STDOUT_FILENO, "\n{", 2) != 2 || ::read(STDIN_FILENO, &byte, 1) != 0) {
      return state.SkipWithError("the standard streams are not /dev/null");
    }
  }
}

void die(benchmark::State& state) {
  for (auto unused : state) {
    static_cast<void>(unused);
    std::fprintf(stderr, "first line\nabout to die\n");
    std::signal(SIGSEGV, SIG_DFL);  // a sanitizer would make a report of it
    std::raise(SIGSEGV);
  }
}

void hang(benchmark::State& state) {
  for (auto unused : state) {
    static_cast<void>(unused);
    for (;;) ::pause();
  }
}

void leave(benchmark::State& state) {
  for (auto unused : state) {
    static_cast<void>(unused);
    std::fprintf(stderr, "giving up\n");
    std::_Exit(7);
  }
}

void pause_timing(benchmark::State& state) {
  for (auto unused : state) {
    static_cast<void>(unused);
    state.PauseTiming();
    ::usleep(20'000);
    state.ResumeTiming();
  }
}

std::vector<scenario> scenarios() {
  return {
      {.name = "steady", .tags = {}, .description = "", .run = allocate_100_bytes_3_times},
      {.name = "noisy", .tags = {}, .description = "", .run = print_everywhere},
      {.name = "crash", .tags = {}, .description = "", .run = die},
      {.name = "hang", .tags = {}, .description = "", .run = hang},
      {.name = "exit", .tags = {}, .description = "", .run = leave},
      {.name = "pause", .tags = {}, .description = "", .run = pause_timing},
      {.name = "skip",
       .tags = {},
       .description = "",
       .run = [](benchmark::State& state) { state.SkipWithError("no such device"); }},
      {.name = "throw",
       .tags = {},
       .description = "",
       .run = [](benchmark::State&) { throw std::runtime_error("bad weather"); }},
      {.name = "manual",
       .tags = {},
       .description = "",
       .run =
           [](benchmark::State& state) {
             for (auto unused : state) {
               static_cast<void>(unused);
               state.SetIterationTime(0.25);
             }
           },
       .manual_time = true},
      {.name = "elsewhere",
       .tags = {},
       .description = "",
       .run =
           [](benchmark::State& state) {
             for (auto unused : state) static_cast<void>(unused);
           },
       .in_process = false},
  };
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<scenario> known = scenarios();
  const scenario* found = argc == 2 ? nevaperf::measure::find_scenario(known, argv[1]) : nullptr;
  if (found == nullptr) {
    std::fprintf(stderr, "unknown scenario\n");
    return 2;
  }
  const auto served = nevaperf::measure::serve_scenario(*found, "test");
  if (!served) std::fprintf(stderr, "%s\n", served.error().line().c_str());
  return served ? 0 : 2;
}
