#include "runtime/schedule/frame_arena.hpp"

#include <algorithm>

namespace nevaperf::runtime {

frame_arena::~frame_arena() {
  for (auto it = owned_.rbegin(); it != owned_.rend(); ++it) it->destroy(it->object);
}

void* frame_arena::allocate(std::size_t bytes) {
  constexpr std::size_t alignment = alignof(std::max_align_t);
  const std::size_t rounded = (bytes + alignment - 1) & ~(alignment - 1);
  if (static_cast<std::size_t>(end_ - cursor_) < rounded) {
    // The first chunk is small: most programs have a handful of nodes and should not touch 64 KiB.
    const std::size_t wanted = chunks_.empty() ? chunk_bytes / 16 : chunk_bytes;
    const std::size_t size = is_pooled_ ? std::max(wanted, rounded) : rounded;
    chunks_.push_back(std::make_unique_for_overwrite<std::byte[]>(size));
    cursor_ = chunks_.back().get();
    end_ = cursor_ + size;
    reserved_ += size;
  }
  void* block = cursor_;
  cursor_ += rounded;
  return block;
}

}  // namespace nevaperf::runtime
