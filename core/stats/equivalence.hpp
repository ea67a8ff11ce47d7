// Where an interval of a ratio lies, seen from the margin within which a change does not matter.
//
// The margin is a share of the old value: 0.01 means that ratios from 1/1.01 to 1.01 do not matter,
// so that old and new can be swapped. "Inside" is the two one-sided tests of Schuirmann (1987) at
// half of the interval's missing confidence each. Thread safety: pure functions.
#pragma once

namespace nevaperf::stats {

enum class place {
  below,   // all of the interval is under the margin
  inside,  // all of it is within: the same
  above,   // all of it is over the margin
  across,  // not decided
};

[[nodiscard]] place place_of(double low, double high, double margin);

}  // namespace nevaperf::stats
