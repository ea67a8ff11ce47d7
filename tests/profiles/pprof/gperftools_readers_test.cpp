#include "profiles/pprof/gperftools_readers.hpp"

#include <cmath>
#include <utility>

#include "profiles/pprof/read_profile.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::profiles;

namespace {

const std::string map_text =
    "00400000-00500000 r-xp 00001000 fe:00 12  /usr/bin/program one\n"
    "00500000-00600000 rw-p 00000000 fe:00 12  /usr/bin/program one\n"
    "build=/somewhere\n"
    "7f0000000000-7f0000010000 r-xp 00000000 fe:00 13  /lib/libc.so\n";

std::string words(const std::vector<std::uint64_t>& all, std::size_t size, bool big_endian) {
  std::string out;
  for (const std::uint64_t word : all)
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t shift = 8 * (big_endian ? size - 1 - i : i);
      out += static_cast<char>(word >> shift);
    }
  return out;
}

const std::vector<std::uint64_t> cpu_words = {0, 3, 0,        10'000,   0,         // header
                                              5, 2, 0x401000, 0x402000,            // 5 ticks
                                              1, 3, 0x401000, 0x402000, 0x403000,  // 1 tick
                                              0, 1, 0};

std::string map_name(const profile& p, std::size_t frame) {
  const location& at = p.locations[p.stacks[frame].index()];
  return at.map.is_none() ? "" : p.text(p.mappings[at.map.index()].file);
}

}  // namespace

TEST_CASE("CPU profiles of all word sizes and byte orders") {
  for (const std::size_t size : {4U, 8U})
    for (const bool big_endian : {false, true}) {
      const auto read = read_profile(words(cpu_words, size, big_endian) + map_text);
      REQUIRE(read);
      CHECK(validate(*read));
      CHECK(totals(*read) == std::vector<std::int64_t>{6, 60'000'000});
      CHECK(read->period == 10'000'000);
      REQUIRE(read->stacks.size() == 5);
      CHECK(read->locations[read->stacks[0].index()].address == 0x401000);
      CHECK(read->locations[read->stacks[1].index()].address == 0x401fff);
      CHECK(map_name(*read, 0) == "/usr/bin/program one");
      CHECK(read->mappings.size() == 2);
    }
}

TEST_CASE("a CPU profile that is cut or claims too much is refused") {
  const std::string all = words(cpu_words, 8, false);
  for (std::size_t size = 40; size < all.size(); size += 8)
    CHECK_FALSE(read_profile(std::string_view(all).substr(0, size)));
  CHECK_FALSE(read_cpu_profile(words({0, 3, 0, 10'000, 0, 1, 1'000'000'000, 1}, 8, false)));
  CHECK_FALSE(read_cpu_profile(words({0, 3, 0, 0, 0, 0, 1, 0}, 8, false)));
}

TEST_CASE("sampled heap profiles are unbiased sample by sample") {
  const auto read = read_profile(
      "heap profile:      3:     4096 [     7:    9000] @ heap_v2/1024\n"
      "     1:     1024 [     2:    2048] @ 0x401000 0x402000\n"
      "     2:     3072 [     5:    6952] @ 0x7f0000000010\n"
      "\nMAPPED_LIBRARIES:\n" +
      map_text);
  REQUIRE(read);
  REQUIRE(read->types.size() == 4);
  CHECK(read->text(read->types[1].type) == "alloc_space");
  const double factor = 1 / (1 - std::exp(-1.0));
  CHECK(read->values[0] == std::llround(2 * factor));
  CHECK(read->values[1] == std::llround(2048 * factor));
  CHECK(read->values[3] == std::llround(1024 * factor));
  CHECK(read->values[6] == std::llround(2 / (1 - std::exp(-1.5))));
  CHECK(read->labels[1].number == 1536);
  CHECK(map_name(*read, 2) == "/lib/libc.so");
  CHECK(read->locations[read->stacks[0].index()].address == 0x400fff);
}

TEST_CASE("exact heap profiles are taken as they are") {
  const auto read =
      read_profile("heap profile: 2: 30 [ 2: 30] @ heapprofile\n 2: 30 [ 2: 30] @ 0x401000\n");
  REQUIRE(read);
  CHECK(read->types.size() == 2);
  CHECK(totals(*read) == std::vector<std::int64_t>{2, 30});
}

TEST_CASE("contention profiles in cycles, sampled") {
  const auto read = read_profile(
      "--- contentionz 1 ---\ncycles/second = 2000000000\nsampling period = 10\n"
      "ms since reset = 1500\ndiscarded samples = 0\n"
      "  4000 3 @ 0x401000 0x402000\n 2000 1 @ 0x401000\n--- Memory map: ---\n" +
      map_text);
  REQUIRE(read);
  CHECK(totals(*read) == std::vector<std::int64_t>{40, 30'000});
  CHECK(read->duration_ns == 1'500'000'000);
  CHECK(map_name(*read, 0) == "/usr/bin/program one");
}

TEST_CASE("bad text profiles are refused with the line") {
  const std::string heap = "heap profile: 1: 2 [ 1: 2] @ heapprofile\n";
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"heap profile: nonsense\n", "line 1"},
      {heap + " 1: 2 [ 1: 2] @ zz\n", "line 2"},
      {heap + "\n 1: 99999999999999999999 [ 1: 2] @ 0x1\n", "line 3"},
      {"--- contentionz 1 ---\ncycles/second = fast\n", "line 2"},
      {"--- contentionz 1 ---\n1 @ 0x1\n", "line 2"},
      {"main;f 3\nmain;g x\n", "line 2"},
  };
  for (const auto& [text, where] : cases) {
    const auto read = read_profile(text);
    REQUIRE_FALSE(read);
    CHECK(read.error().where == where);
    CHECK_FALSE(read.error().next.empty());
  }
}
