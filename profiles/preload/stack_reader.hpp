// Reads the files of preloaded libraries (stack_file.hpp) and puts their stacks into profiles.
//
// Thread safety: pure functions over values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/model/warning.hpp"
#include "profiles/model/profile_builder.hpp"

namespace nevaperf::profiles {

struct stack_process {
  std::string program;
  std::string allocator;
  std::uint32_t pid = 0;
  bool is_ended = false;  // in order
  std::int64_t wall_start_ns = 0;
  std::int64_t duration_ns = 0;  // 0: it did not end in order
  std::uint64_t period = 0;
  std::uint64_t events = 0;
  std::uint64_t lost = 0;
  std::uint64_t untracked = 0;
  std::int64_t own_ns = 0;  // spent taking samples

  struct module {
    std::uint64_t start;
    std::uint64_t limit;
    std::string path;
  };
  struct record {
    std::uint64_t label;
    std::uint32_t kind;
    std::vector<std::uint64_t> values;
    std::vector<std::uint64_t> addresses;  // return addresses, leaf first
  };
  std::vector<module> modules;
  std::vector<record> records;

  // "sort (pid 12)", for messages.
  [[nodiscard]] std::string title() const;
};

// The error: not such a file, or damaged.
[[nodiscard]] base::result<stack_process> read_stack_file(std::string_view bytes,
                                                          std::string_view magic,
                                                          std::uint32_t value_words);

// All files PREFIX.*.raw of a folder; a damaged one is named in `damaged`. The error: the folder
// cannot be read.
[[nodiscard]] base::result<std::vector<stack_process>> read_stack_files(
    const std::string& folder, std::string_view prefix, std::string_view magic,
    std::uint32_t value_words, std::vector<std::string>& damaged);

// What could not be kept, of all processes together; `remedy`: against too many stacks. A process
// that did not end in order may simply have executed another program.
[[nodiscard]] std::vector<model::warning> stack_doubts(const std::vector<stack_process>& processes,
                                                       const std::string& remedy);

// "overhead: 1.20 ms were spent taking samples", of all processes together.
[[nodiscard]] std::string overhead_note(const std::vector<stack_process>& processes);

// Puts the places of one process into a profile: mappings, and locations inside the calls.
class stack_places {
 public:
  stack_places(profile_builder& to, const stack_process& of);
  [[nodiscard]] std::vector<location_id> stack_of(const stack_process::record& r);

 private:
  struct range {
    std::uint64_t start;
    std::uint64_t limit;
    mapping_id id;
  };
  profile_builder& to_;
  std::vector<range> ranges_;
};

}  // namespace nevaperf::profiles
