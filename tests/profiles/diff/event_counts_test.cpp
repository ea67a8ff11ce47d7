#include "profiles/diff/event_counts.hpp"

#include <array>
#include <cmath>

#include "profiles/model/profile_builder.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::profiles;

namespace {

struct made_of {
  std::vector<std::pair<const char*, const char*>> types;
  std::vector<std::int64_t> values;
  std::int64_t period = 1;
  std::int64_t size_label = 0;
};

profile one_sample(const made_of& parts) {
  profile_builder made;
  for (const auto& [type, unit] : parts.types) made.add_type(type, unit);
  made.header().period = parts.period;
  const location_id at = made.add_named_location("f");
  const label size{.key = made.text("bytes"), .number = parts.size_label};
  made.add_sample(std::array{at}, parts.values, std::span(&size, parts.size_label > 0 ? 1 : 0));
  return std::move(made).build();
}

}  // namespace

TEST_CASE("ticks are counted by the profile itself") {
  const profile p = one_sample({.types = {{"samples", "count"}, {"cpu", "nanoseconds"}},
                                .values = {4, 4000},
                                .period = 1000});
  CHECK(event_counts(p, 1).variance_of(0) == Approx(4000.0 * 4000 / 4));
  CHECK(event_counts(p, 0).variance_of(0) == Approx(4));
}

TEST_CASE("heap samples follow from size and period") {
  const std::vector<std::pair<const char*, const char*>> types = {{"alloc_objects", "count"},
                                                                  {"alloc_space", "bytes"}};
  // 1000 objects of 1 KiB, one sample each 64 KiB: about 15.5 of them were seen.
  const double seen = 1000 * (1 - std::exp(-1024.0 / 65536));
  const double value = 1000 * 1024.0;
  const made_of parts{.types = types, .values = {1000, 1'024'000}, .period = 65536};
  CHECK(event_counts(one_sample(parts), 1).variance_of(0) == Approx(value * value / seen));
  const profile exact = one_sample({.types = types, .values = {1000, 1'024'000}, .period = 1});
  CHECK(event_counts(exact, 1).what() == event_counts::kind::exact);
  CHECK(event_counts(exact, 1).variance_of(0) == 0);
  const profile odd = one_sample({.types = types, .values = {1000, 1'024'000}, .period = 0});
  CHECK(event_counts(odd, 1).what() == event_counts::kind::unknown);
}

TEST_CASE("delays vary by more than their number") {
  const profile p = one_sample(
      {.types = {{"contentions", "count"}, {"delay", "nanoseconds"}}, .values = {10, 1000}});
  CHECK(event_counts(p, 0).variance_of(0) == Approx(10));
  CHECK(event_counts(p, 1).variance_of(0) == Approx(2 * 1000.0 * 1000 / 10));
}

TEST_CASE("a lone value without counts has no known noise") {
  const profile p = one_sample({.types = {{"wall", "nanoseconds"}}, .values = {7}});
  CHECK(event_counts(p, 0).what() == event_counts::kind::unknown);
}
