// The loop of a scenario that measures an operation on values: it repeats the operation and
// compares what it gave, first and last, with what was expected. A wrong result is an error of the
// scenario, not a time.
//
// Thread safety: owner only.
#pragma once

#include <benchmark/benchmark.h>

#include "runtime/message/message.hpp"

namespace nevaperf::playbook {

template <class T>
bool is_same(const T& one, const T& other) {
  return one == other;
}
inline bool is_same(const runtime::message& one, const runtime::message& other) {
  return equal(one, other);
}

template <class Operation, class Wanted>
void measure_values(benchmark::State& state, Operation&& operation, const Wanted& wanted) {
  Wanted got = operation();
  if (!is_same(got, wanted)) return state.SkipWithError("wrong result");
  for (auto unused : state) {
    static_cast<void>(unused);
    benchmark::ClobberMemory();  // what the operation reads may have changed
    got = operation();
    benchmark::DoNotOptimize(got);
  }
  if (!is_same(got, wanted)) state.SkipWithError("wrong result in the end");
}

}  // namespace nevaperf::playbook
