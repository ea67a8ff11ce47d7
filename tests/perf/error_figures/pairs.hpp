// Simulated pairs of processes, on machines with one vice each.
//
// A pair is what a paired session measures: slices of two processes in turns (ABBA, the first side
// by chance), the logarithm of new / old. Time is counted in slices. Thread safety: owner only.
#pragma once

#include <cstddef>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace nevaperf::figures {

using generator = std::mt19937_64;

struct machine {
  std::string name;
  double slice_noise = 0;    // log-normal, of each slice
  double process_noise = 0;  // log-normal luck of each process
  double drift = 0;          // rise of all times from the first to the last round
  double burst_share = 0;    // of the pairs that a load of half a pair falls on
  double burst = 0;          // what it adds
  double slow_mode = 0;      // one process in four is slower by this
  double heavy_tail = 0;     // scale of a t distribution with 2 degrees, of each process
  double correlation = 0;    // of the slice noise with that of the slice before
};

// The log-ratios of one scenario over `rounds` pairs; the new side is `effect` slower.
std::vector<double> draw_pairs(const machine& on, std::size_t rounds, double effect,
                               generator& random);

}  // namespace nevaperf::figures
