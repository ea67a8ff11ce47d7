#include "runtime/schedule/frame_arena.hpp"

#include <cstdint>
#include <cstring>

#include "tests/support/catch.hpp"

using nevaperf::runtime::frame_arena;

namespace {

bool is_aligned(const void* p) {
  return reinterpret_cast<std::uintptr_t>(p) % alignof(std::max_align_t) == 0;
}

struct noted {
  noted(std::string& log, char name) : log_(log), name_(name) {}
  noted(const noted&) = delete;
  noted& operator=(const noted&) = delete;
  ~noted() { log_ += name_; }

 private:
  std::string& log_;
  char name_;
};

}  // namespace

TEST_CASE("blocks of any size are aligned and do not overlap") {
  frame_arena arena;
  CHECK(arena.bytes_reserved() == 0);
  std::vector<std::pair<unsigned char*, std::size_t>> blocks;
  std::size_t total = 0;
  for (std::size_t i = 0; i < 2000; ++i) {
    const std::size_t bytes = (i * 37) % 500 + (i % 100 == 0 ? 100'000 : 0);
    auto* block = static_cast<unsigned char*>(arena.allocate(bytes));
    REQUIRE(is_aligned(block));
    std::memset(block, static_cast<int>(i % 251), bytes);
    blocks.emplace_back(block, bytes);
    total += bytes;
  }
  for (std::size_t i = 0; i < blocks.size(); ++i)
    for (std::size_t k = 0; k < blocks[i].second; ++k)
      if (blocks[i].first[k] != i % 251) FAIL("block " << i << " was overwritten");
  CHECK(arena.bytes_reserved() >= total);
  CHECK(arena.bytes_reserved() < 2 * total);
}

TEST_CASE("a small graph reserves little") {
  frame_arena arena;
  arena.allocate(100);
  CHECK(arena.bytes_reserved() <= 8192);
}

TEST_CASE("arrays start as zero") {
  frame_arena arena;
  std::memset(arena.allocate(1000), 0xff, 1000);
  const auto numbers = arena.array<std::int64_t>(300);
  CHECK(numbers.size() == 300);
  for (const std::int64_t n : numbers) REQUIRE(n == 0);
  CHECK(arena.array<char>(0).empty());
}

TEST_CASE("what the arena made is destroyed with it, newest first") {
  std::string log;
  {
    frame_arena arena;
    arena.make<noted>(log, 'a');
    arena.allocate(100'000);
    arena.make<noted>(log, 'b');
    arena.make<noted>(log, 'c');
    CHECK(log.empty());
  }
  CHECK(log == "cba");
}
