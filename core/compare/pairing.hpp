// Which scenario of one recording is which of another: by name, and where a Go package has another
// path, by the name within it.
//
// Thread safety: pure functions. Invariants of a pairing: each scenario is in one pair; a pair has
// at least one side. The recordings must outlive it.
#pragma once

#include <string>
#include <vector>

#include "core/formats/recording.hpp"
#include "core/model/warning.hpp"

namespace nevaperf::compare {

struct scenario_pair {
  std::string name;
  const formats::recorded_scenario* old_side = nullptr;
  const formats::recorded_scenario* new_side = nullptr;
};

struct pairing {
  std::vector<scenario_pair> pairs;      // in the order of the old side; then what only new has
  std::vector<model::warning> warnings;  // packages that moved, names that may have changed
};

[[nodiscard]] pairing pair_up(const formats::recording& old_side,
                              const formats::recording& new_side);

// How much two names have in common, from 0 to 1: the share of their pairs of neighbouring letters
// (Dice 1945). Upper and lower case are alike.
[[nodiscard]] double likeness(std::string_view one, std::string_view other);

}  // namespace nevaperf::compare
