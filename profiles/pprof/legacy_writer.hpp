// Writes profiles as gperftools does, for Debian's `google-pprof`, which cannot read profile.proto.
//
// By the sample types: the CPU file (samples), the heap text (inuse_space, alloc_space) or the
// contention text (delay); see gperftools_readers.hpp. Where places have names the file begins with
// them, in the form that `google-pprof --raw` writes, and needs no program beside it:
//   --- symbol
//   binary=PROGRAM
//   0xADDRESS OUTER--INLINED
//   ---
//   --- profile                 (before the CPU file only)
// Places without an address get one that nothing else has. Heap numbers are not sampled any more,
// so their kind is "heapprofile": a reader must not unbias them once more. Labels have no place in
// these formats. Thread safety: pure function.
#pragma once

#include <cstddef>
#include <string>

#include "profiles/model/profile.hpp"

namespace nevaperf::profiles {

struct legacy_file {
  std::string bytes;
  bool has_names = false;    // false: google-pprof needs the program too
  std::size_t negative = 0;  // samples that the format cannot hold
};

[[nodiscard]] base::result<legacy_file> write_legacy(const profile& p);

}  // namespace nevaperf::profiles
