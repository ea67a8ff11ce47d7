// Writes stacks into the file of this process (stack_file.hpp). For preloaded libraries: it links
// nothing of this tree and allocates nothing.
//
// Thread safety: open, begin, end, forget: one thread; everything else: any thread, without a lock
// but for new modules and a larger file.
#pragma once

#include <atomic>
#include <cstdint>

#include "profiles/preload/stack_file.hpp"

namespace nevaperf::preload {

class stack_recorder {
 public:
  // A file of its own for this process: FOLDER/PREFIX.PID.TIME.raw. False: it cannot be made, which
  // is no reason to disturb the program.
  bool open(const char* folder, const char* prefix, const char* magic, std::uint32_t value_words,
            std::uint64_t period);
  // In a child after fork: the file is the parent's.
  void forget() { header_ = nullptr; }
  [[nodiscard]] bool is_open() const { return header_ != nullptr; }
  void name_allocator(const void* its_malloc);

  // The clock of the profile begins, or ends, now.
  void begin();
  void end();

  // The numbers of a stack, to be added to atomically. Null: no room, which is counted.
  std::uint64_t* values_of(const void* const* stack, std::uint32_t depth, std::uint64_t label,
                           std::uint32_t kind);

  void count_event(std::int64_t own_ns) {
    add(header_->events);
    __atomic_fetch_add(&header_->own_ns, own_ns, __ATOMIC_RELAXED);
  }
  void count_lost() { add(header_->lost); }
  void count_untracked() { add(header_->untracked); }

 private:
  static void add(std::uint64_t& counter) { __atomic_fetch_add(&counter, 1, __ATOMIC_RELAXED); }
  void note_module(std::uint64_t address);
  [[nodiscard]] bool knows_module(std::uint64_t address) const;
  std::uint32_t make_record(const void* const* stack, const profiles::stack_file::file_record& key);
  bool make_room(std::uint64_t bytes);
  [[nodiscard]] char* byte(std::uint64_t at) const { return reinterpret_cast<char*>(header_) + at; }

  profiles::stack_file::file_header* header_ = nullptr;
  profiles::stack_file::file_module* modules_ = nullptr;
  std::uint32_t* index_ = nullptr;
  std::uint32_t value_words_ = 0;
  int file_ = -1;
  std::uint64_t room_bytes_ = 0;  // of the file
  std::atomic_flag lock_ = ATOMIC_FLAG_INIT;
};

[[nodiscard]] std::int64_t monotonic_ns();

// Return addresses of the calling thread, leaf first, without the frames of this library and of the
// ranges named in `skip_module_of` that are nearest the leaf. Gives how many.
class stack_walker {
 public:
  // Loads what the unwinder loads at its first use. `hides`: an address in another module whose
  // frames are none of the program's; null: none.
  void prepare(const void* hides);
  std::uint32_t walk(const void** into, std::uint32_t room) const;

 private:
  struct range {
    std::uintptr_t start = 0;
    std::uintptr_t limit = 0;
  };
  range own_;
  range hidden_;
};

}  // namespace nevaperf::preload
