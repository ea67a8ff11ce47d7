// What a run may leave behind: bytes from operator new, open descriptors, coroutine frames,
// payloads.
//
// Thread safety: any thread.
#pragma once

#include <atomic>
#include <cstdint>

namespace nevaperf::tests {

// Held by new and not deleted yet; blocks count with the size that the allocator gave them.
std::int64_t live_bytes() noexcept;

// A node keeps one among its local variables.
class counted_frame {
 public:
  counted_frame() { ++live_; }
  counted_frame(const counted_frame&) = delete;
  counted_frame& operator=(const counted_frame&) = delete;
  ~counted_frame() { --live_; }
  static std::int64_t live() { return live_; }

 private:
  static inline std::atomic<std::int64_t> live_ = 0;
};

struct leftovers {
  std::int64_t bytes = 0;
  std::int64_t descriptors = 0;
  std::int64_t frames = 0;
  std::int64_t payloads = 0;
  static leftovers now();
  bool operator==(const leftovers&) const = default;
};

}  // namespace nevaperf::tests
