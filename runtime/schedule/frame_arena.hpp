// Memory for what lives exactly as long as a graph: coroutine frames, channels, port tables.
//
// Blocks are cut from large chunks and given back all at once, so wiring a node costs no trip to
// the allocator and a million idle nodes lie close together. What `make` made is destroyed with the
// arena, newest first; destructors of anything else are the owner's business.
//
// Thread safety: owner only.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <utility>
#include <vector>

namespace nevaperf::runtime {

class frame_arena {
 public:
  frame_arena() = default;
  frame_arena(const frame_arena&) = delete;
  frame_arena& operator=(const frame_arena&) = delete;
  ~frame_arena();

  // Every block comes from the allocator by itself: a variant to be measured. Before the first
  // block.
  void use_single_blocks() { is_pooled_ = false; }
  [[nodiscard]] bool is_pooled() const { return is_pooled_; }

  void* allocate(std::size_t bytes);  // aligned for any type of ordinary alignment

  template <class T>
  std::span<T> array(std::size_t count) {  // value-initialised
    static_assert(alignof(T) <= alignof(std::max_align_t));
    T* first = static_cast<T*>(allocate(count * sizeof(T)));
    for (std::size_t i = 0; i < count; ++i) new (first + i) T();
    return {first, count};
  }

  template <class T, class... Arguments>
  T& make(Arguments&&... arguments) {
    static_assert(alignof(T) <= alignof(std::max_align_t));
    T* made = new (allocate(sizeof(T))) T(std::forward<Arguments>(arguments)...);
    owned_.push_back({made, [](void* p) { static_cast<T*>(p)->~T(); }});
    return *made;
  }

  [[nodiscard]] std::size_t bytes_reserved() const { return reserved_; }

 private:
  static constexpr std::size_t chunk_bytes = std::size_t{64} << 10;

  struct owned {
    void* object;
    void (*destroy)(void*);
  };

  std::vector<std::unique_ptr<std::byte[]>> chunks_;
  std::vector<owned> owned_;
  std::byte* cursor_ = nullptr;
  std::byte* end_ = nullptr;
  std::size_t reserved_ = 0;
  bool is_pooled_ = true;
};

}  // namespace nevaperf::runtime
