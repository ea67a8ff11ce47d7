#include "profiles/pprof/gzip.hpp"

#include "tests/support/catch.hpp"

using namespace nevaperf::profiles;

namespace {

// Larger than the steps in which data is packed and unpacked, and hardly compressible.
std::string noise(std::size_t size) {
  std::string made(size, '\0');
  std::uint32_t state = 1;
  for (char& c : made) {
    state = state * 1664525U + 1013904223U;
    c = static_cast<char>(state >> 24U);
  }
  return made;
}

}  // namespace

TEST_CASE("what is packed is unpacked") {
  for (const std::string& text : {std::string(), std::string("hello"), noise(1'000'000)}) {
    const std::string packed = pack_gzip(text);
    CHECK(is_gzip(packed));
    const auto back = unpack_gzip(packed);
    REQUIRE(back);
    CHECK(*back == text);
  }
}

TEST_CASE("several members are one text") {
  const auto both = unpack_gzip(pack_gzip("one ") + pack_gzip("two"));
  REQUIRE(both);
  CHECK(*both == "one two");
}

TEST_CASE("every truncation is an error") {
  const std::string packed = pack_gzip(noise(300));
  for (std::size_t size = 2; size < packed.size(); ++size) {
    const auto cut = unpack_gzip(packed.substr(0, size));
    REQUIRE_FALSE(cut);
    CHECK(cut.error().what == "truncated gzip data");
  }
}

TEST_CASE("damage, rests and bombs are errors") {
  std::string damaged = pack_gzip(noise(300));
  damaged[damaged.size() - 6] = static_cast<char>(damaged[damaged.size() - 6] ^ 1);
  CHECK(unpack_gzip(damaged).error().what == "damaged gzip data");
  CHECK(unpack_gzip(pack_gzip("a") + "rest").error().what ==
        "there is something else after the gzip data");
  const std::string bomb = pack_gzip(std::string((3 << 20) + 1, 'x'));
  CHECK(unpack_gzip(bomb, 3 << 20).error().what == "unpacks to more than 3 MiB");
  CHECK(unpack_gzip(bomb, (3 << 20) + 1));
}
