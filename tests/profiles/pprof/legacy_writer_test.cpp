// What is written for google-pprof reads back with the same totals; e2e tests show it to the real
// one.
#include "profiles/pprof/legacy_writer.hpp"

#include <array>

#include "profiles/model/profile_builder.hpp"
#include "profiles/pprof/read_profile.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::profiles;

namespace {

profile of_addresses(std::vector<std::pair<const char*, const char*>> types,
                     std::vector<std::int64_t> values) {
  profile_builder made;
  for (const auto& [type, unit] : types) made.add_type(type, unit);
  const mapping_id map = made.add_mapping({.start = 0x400000,
                                           .limit = 0x500000,
                                           .offset = 0x1000,
                                           .file = made.text("/usr/bin/program one")});
  const auto at = [&](std::uint64_t address) {
    location l;
    l.map = map;
    l.address = address;
    return made.add_location(l);
  };
  made.add_sample(std::array{at(0x401000), at(0x402000)}, values);
  made.add_sample({}, values);
  return std::move(made).build();
}

}  // namespace

TEST_CASE("CPU files read back with addresses, map and an honest period") {
  const profile p =
      of_addresses({{"samples", "count"}, {"cpu", "nanoseconds"}}, {5, 5 * 4'000'000});
  const auto made = write_legacy(p);
  REQUIRE(made);
  CHECK_FALSE(made->has_names);
  const auto back = read_profile(made->bytes);
  REQUIRE(back);
  CHECK(totals(*back) == totals(p));
  CHECK(back->period == 4'000'000);
  REQUIRE(back->mappings.size() == 1);
  CHECK(back->text(back->mappings[0].file) == "/usr/bin/program one");
  CHECK(back->locations[back->stacks[0].index()].address == 0x401000);
  CHECK(back->locations[back->stacks[1].index()].address == 0x402000);
}

TEST_CASE("heap text is exact, not unbiased once more") {
  const profile p = of_addresses({{"alloc_objects", "count"},
                                  {"alloc_space", "bytes"},
                                  {"inuse_objects", "count"},
                                  {"inuse_space", "bytes"}},
                                 {7, 7000, 3, 3000});
  const auto made = write_legacy(p);
  REQUIRE(made);
  const auto back = read_profile(made->bytes);
  REQUIRE(back);
  CHECK(totals(*back) == totals(p));
  CHECK(back->locations[back->stacks[0].index()].address == 0x401000);
}

TEST_CASE("contention text keeps nanoseconds") {
  const profile p =
      of_addresses({{"contentions", "count"}, {"delay", "nanoseconds"}}, {3, 1'234'567'891});
  const auto made = write_legacy(p);
  REQUIRE(made);
  const auto back = read_profile(made->bytes);
  REQUIRE(back);
  CHECK(totals(*back) == totals(p));
}

TEST_CASE("names go with the file, and none can end its list") {
  profile_builder made;
  made.add_type("samples", "count");
  const location_id a = made.add_named_location("operator--(int)\n---\nx");
  made.add_sample(std::array{a}, std::array<std::int64_t, 1>{2});
  const auto file = write_legacy(std::move(made).build());
  REQUIRE(file);
  CHECK(file->has_names);
  CHECK(file->bytes.find("--- symbol\nbinary=unknown\n0x1000 operator- -(int)?- - -?x\n") == 0);
}

TEST_CASE("kinds without a format are refused, negative values counted") {
  profile_builder odd;
  odd.add_type("wall", "nanoseconds");
  REQUIRE_FALSE(write_legacy(std::move(odd).build()));
  const auto made = write_legacy(of_addresses({{"samples", "count"}}, {-5}));
  REQUIRE(made);
  CHECK(made->negative == 2);
}
