#include <time.h>
#include <unistd.h>

#include <cstdio>

#include "tests/perf/peers/work.hpp"

namespace nevaperf::peers {

namespace {

std::int64_t now_ns(clockid_t clock) {
  timespec t{};
  clock_gettime(clock, &t);
  return std::int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec;
}

elapsed now() {
  return {now_ns(CLOCK_PROCESS_CPUTIME_ID), now_ns(CLOCK_MONOTONIC)};
}

}  // namespace

stopwatch::stopwatch() : start_(now()) {}

elapsed stopwatch::read() const {
  const elapsed end = now();
  return {end.cpu_ns - start_.cpu_ns, end.wall_ns - start_.wall_ns};
}

std::uint64_t grind(std::uint64_t value) {
  for (int i = 0; i < coarse_steps; ++i) {
    value ^= value << 13;
    value ^= value >> 7;
    value ^= value << 17;
  }
  return value;
}

// The second number of /proc/self/statm: pages in memory.
std::int64_t resident_bytes() {
  long total = 0;
  long resident = 0;
  if (std::FILE* f = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(f, "%ld %ld", &total, &resident) != 2) resident = 0;
    std::fclose(f);
  }
  return std::int64_t{resident} * sysconf(_SC_PAGESIZE);
}

}  // namespace nevaperf::peers
