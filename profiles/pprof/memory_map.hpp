// The list of mapped files at the end of gperftools' profiles, as /proc/PID/maps writes it:
//
//   START-LIMIT PERMISSIONS OFFSET DEVICE INODE [PATH]
//   55d0c0001000-55d0c0002000 r-xp 00001000 fe:00 12345   /usr/bin/program
//
// Only executable entries matter. Thread safety: owner only.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "profiles/model/profile_builder.hpp"

namespace nevaperf::profiles {

class memory_map {
 public:
  // Lines that are no entries are skipped: the list ends a file, and a killed program cuts it.
  memory_map(profile_builder& to, std::string_view text);

  // The location of an address, in the file that was mapped there (none if there was none).
  [[nodiscard]] location_id locate(std::uint64_t address);

  // A stack of return addresses, leaf first: each is moved back into its call. The leaf is such an
  // address too, unless `leaf_is_exact`, as where a signal interrupted.
  [[nodiscard]] std::vector<location_id> locate_stack(std::span<const std::uint64_t> addresses,
                                                      bool leaf_is_exact);

 private:
  struct range {
    std::uint64_t start;
    std::uint64_t limit;
    mapping_id id;
  };

  profile_builder& to_;
  std::vector<range> ranges_;  // sorted by start
};

}  // namespace nevaperf::profiles
