#include "runtime/message/atom.hpp"

#include <array>
#include <atomic>
#include <bit>
#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>

namespace nevaperf::runtime {
namespace {

// Texts by id, readable without a lock: blocks of doubling size never move. Block k holds the ids
// [64 * (2^k - 1), 64 * (2^(k+1) - 1)).
constexpr std::uint64_t first_block_size = 64;
constexpr std::size_t block_count = 27;  // covers all 32-bit ids

struct place {
  std::size_t block;
  std::uint64_t index;
};

place place_of(std::uint32_t id) {
  const std::uint64_t n = id / first_block_size + 1;
  const auto block = static_cast<std::size_t>(std::bit_width(n)) - 1;
  return {block, id - first_block_size * ((std::uint64_t{1} << block) - 1)};
}

class table {
 public:
  table() { add(""); }

  std::uint32_t id_of(std::string_view name) {
    const std::lock_guard lock(mutex_);
    const auto found = ids_.find(name);
    return found != ids_.end() ? found->second : add(name);
  }

  std::string_view text_of(std::uint32_t id) const {
    const place at = place_of(id);
    // acquire: pairs with the release in `add`; the entry itself was written before its id was
    // handed out, and reached this thread with the id
    return blocks_[at.block].load(std::memory_order_acquire)[at.index];
  }

 private:
  std::uint32_t add(std::string_view name) {
    const auto id = static_cast<std::uint32_t>(texts_.size());
    const std::string& text = texts_.emplace_back(name);
    const place at = place_of(id);
    if (at.index == 0) {
      // release: a reader that sees the block sees it constructed
      blocks_[at.block].store(new std::string_view[first_block_size << at.block],
                              std::memory_order_release);
    }
    blocks_[at.block].load(std::memory_order_relaxed)[at.index] = text;  // relaxed: own store
    ids_.emplace(text, id);
    return id;
  }

  std::mutex mutex_;
  std::unordered_map<std::string_view, std::uint32_t> ids_;
  std::deque<std::string> texts_;
  std::array<std::atomic<std::string_view*>, block_count> blocks_{};
};

table& names() {
  static table& only = *new table;  // never destroyed: other static objects may hold atoms
  return only;
}

}  // namespace

atom atom::intern(std::string_view name) {
  return atom(names().id_of(name));
}

std::string_view atom::text() const {
  return names().text_of(id_);
}

}  // namespace nevaperf::runtime
