#include "profiles/model/profile.hpp"

#include <array>
#include <limits>

#include "profiles/model/profile_builder.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::profiles;

namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

profile two_types() {
  profile_builder made;
  made.add_type("samples", "count");
  made.add_type("cpu", "nanoseconds");
  const std::array stack{made.add_named_location("leaf"), made.add_named_location("main")};
  made.add_sample(stack, std::array<std::int64_t, 2>{1, 10});
  made.add_sample(stack, std::array<std::int64_t, 2>{2, 20});
  made.add_sample(std::span(stack).subspan(1), std::array<std::int64_t, 2>{3, 30});
  return std::move(made).build();
}

}  // namespace

TEST_CASE("equal samples are one, totals sum each type") {
  const profile p = two_types();
  CHECK(validate(p));
  CHECK(p.samples.size() == 2);
  CHECK(p.locations.size() == 2);
  CHECK(totals(p) == std::vector<std::int64_t>{6, 60});
}

TEST_CASE("samples with other labels stay apart") {
  profile_builder made;
  made.add_type("samples", "count");
  const std::array stack{made.add_named_location("f")};
  for (const char* node : {"a", "b", "a"}) {
    const label l{.key = made.text("node"), .text = made.text(node)};
    made.add_sample(stack, std::array<std::int64_t, 1>{1}, std::span(&l, 1));
  }
  const profile p = std::move(made).build();
  CHECK(p.samples.size() == 2);
  CHECK(totals(p) == std::vector<std::int64_t>{3});
}

TEST_CASE("the type to show is the one named, the default, the last") {
  profile p = two_types();
  CHECK(*find_type(p, "samples") == 0);
  CHECK(*find_type(p, "") == 1);
  p.default_type = p.types[0].type;
  CHECK(*find_type(p, "") == 0);
  const auto unknown = find_type(p, "heap");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().line() == "no sample type 'heap' (there are: samples, cpu)");
}

TEST_CASE("scaling touches one type and rounds") {
  profile p = two_types();
  scale(p, 1, 0.25);
  CHECK(totals(p) == std::vector<std::int64_t>{6, 16});  // 30 / 4 and 30 / 4, each rounded
}

TEST_CASE("sums and rounding stay at the ends of the range") {
  CHECK(add_saturated(largest, 1) == largest);
  CHECK(add_saturated(-largest, -5) == std::numeric_limits<std::int64_t>::min());
  CHECK(add_saturated(2, -3) == -1);
  CHECK(round_saturated(1e300) == largest);
  CHECK(round_saturated(-1e300) == std::numeric_limits<std::int64_t>::min());
  CHECK(round_saturated(std::numeric_limits<double>::quiet_NaN()) == 0);
  CHECK(round_saturated(2.5) == 3);
}

TEST_CASE("broken tables are named") {
  profile p = two_types();
  SECTION("text") {
    p.functions[0].name = text_id(99);
  }
  SECTION("function") {
    p.locations[1].lines[0].function = function_id(99);
  }
  SECTION("mapping") {
    p.locations[1].map = mapping_id(0);
  }
  SECTION("location") {
    p.stacks[0] = location_id(2);
  }
  SECTION("range") {
    p.samples[1].frame_count = 99;
  }
  SECTION("values") {
    p.values.pop_back();
  }
  SECTION("types") {
    p.types.clear();
  }
  const auto checked = validate(p);
  REQUIRE_FALSE(checked);
  CHECK_FALSE(checked.error().what.empty());
}
