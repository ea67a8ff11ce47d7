// Quantities whose type carries their unit.
//
// Times are std::chrono durations of double: conversion between them is exact in the type and
// rounds like any double. In the data of a run a value is a double beside the name of its unit; the
// names are here, so that each is spelt once. Thread safety: values; share nothing.
#pragma once

#include <chrono>
#include <ratio>

namespace nevaperf::units {

using seconds = std::chrono::duration<double>;
using nanoseconds = std::chrono::duration<double, std::nano>;

// Units of metrics. A unit that ends in "/op" is a cost (less is better), one that ends in "/s" a
// rate (more is better).
inline constexpr const char* sec_per_op = "sec/op";          // wall time
inline constexpr const char* cpu_sec_per_op = "cpu-sec/op";  // user + system time of the process
inline constexpr const char* allocs_per_op = "allocs/op";
inline constexpr const char* bytes_per_op = "B/op";
inline constexpr const char* messages_per_s = "messages/s";        // the items of a scenario
inline constexpr const char* switches_per_op = "ctx-switches/op";  // context switches
inline constexpr const char* instructions_per_op = "instructions/op";
// A unit that ends in "-B" is an amount of memory (less is better).
inline constexpr const char* peak_memory = "peak-RSS-B";

}  // namespace nevaperf::units
