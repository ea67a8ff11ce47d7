// Writes stacks into the raw file of this process.
//
// Thread safety: open, close: one thread; add: one at a time, in signal handlers (it allocates
// nothing and takes no lock).
#pragma once

#include <cstdint>

#include "profiles/cpu/raw_file.hpp"

namespace nevaperf::preload {

class recorder {
 public:
  // A file of its own for this process in the folder. False: it cannot be made, which is no reason
  // to disturb the program.
  bool open(const char* folder, std::uint32_t rate_hz);
  // The memory belongs to the parent process now.
  void forget() { header_ = nullptr; }
  [[nodiscard]] bool is_open() const { return header_ != nullptr; }

  // The clocks of the profile begin, or end, now.
  void begin();
  void end();

  // `ticks`: how many periods of its timer the sample stands for.
  void add(const void* const* stack, std::uint64_t depth, std::uint64_t label, std::uint64_t ticks);
  void add_thread();
  void add_handler_time(std::int64_t ns) { header_->handler_ns += ns; }

 private:
  void note_time();
  void note_module(std::uint64_t address);
  [[nodiscard]] profiles::raw::raw_record* record_at(std::uint64_t byte) const;

  profiles::raw::raw_header* header_ = nullptr;
  profiles::raw::raw_module* modules_ = nullptr;
  std::uint32_t* index_ = nullptr;
};

[[nodiscard]] std::int64_t clock_ns(int clock);

}  // namespace nevaperf::preload
