// Differences of small profiles whose answer is known, and of seeded noise around a planted change.
#include "profiles/diff/difference.hpp"

#include <algorithm>
#include <array>
#include <random>

#include "profiles/diff/diff_tree.hpp"
#include "profiles/model/notes.hpp"
#include "profiles/model/profile_builder.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::profiles;

namespace {

using counts = std::vector<std::pair<std::string, std::int64_t>>;  // "main;work" -> samples

constexpr std::int64_t period_ns = 10'000'000;

profile cpu(const counts& stacks, std::int64_t operations = 0) {
  profile_builder made;
  made.add_type("samples", "count");
  made.add_type("cpu", "nanoseconds");
  made.header().period = period_ns;
  made.header().period_type = made.type("cpu", "nanoseconds");
  if (operations > 0)
    made.header().comments.push_back(
        made.text(note_text(operations_note, std::to_string(operations))));
  for (const auto& [path, count] : stacks) {
    std::vector<location_id> stack;
    for (std::size_t at = 0; at <= path.size();) {
      const std::size_t end = std::min(path.find(';', at), path.size());
      stack.push_back(made.add_named_location(path.substr(at, end - at)));
      at = end + 1;
    }
    std::ranges::reverse(stack);
    made.add_sample(stack, std::array{count, count * period_ns});
  }
  return std::move(made).build();
}

std::vector<named_profile> side(std::vector<profile> all) {
  std::vector<named_profile> made;
  for (profile& p : all)
    made.push_back({.name = "f" + std::to_string(made.size()), .data = std::move(p)});
  return made;
}

struct found_difference {
  difference d;
  std::vector<diff_node> tree;
};

found_difference diff(const std::vector<named_profile>& before,
                      const std::vector<named_profile>& after,
                      std::optional<basis> by = std::nullopt) {
  const auto types = comparable(before, after, "cpu", false);
  REQUIRE(types);
  const auto sides = align(before, after, *types, by);
  REQUIRE(sides);
  return {.d = find_difference(*sides), .tree = make_diff_tree(*sides)};
}

const function_difference& found_in(const difference& d, const std::string& name) {
  const auto at = std::ranges::find(d.functions, name,
                                    [](const function_difference& f) { return f.function.name; });
  REQUIRE(at != d.functions.end());
  return *at;
}

}  // namespace

TEST_CASE(
    "by operations a slower function stands out, and what only calls it does not come first") {
  const auto before = side({cpu({{"main;work", 400}, {"main;rest", 600}}, 1000)});
  const auto after = side({cpu({{"main;work", 1600}, {"main;rest", 1200}}, 2000)});
  const auto [d, tree] = diff(before, after);
  CHECK(d.by == basis::operations);
  CHECK(d.bounds == bounds_from::counts);
  CHECK(d.functions[0].function.name == "work");
  CHECK(d.functions[0].flat.old_value == Approx(0.4 * period_ns));
  CHECK(d.functions[0].flat.by.change == Approx(0.4 * period_ns));
  CHECK_FALSE(found_in(d, "rest").is_change());
  CHECK(found_in(d, "main").cumulative.is_change);
  CHECK_FALSE(found_in(d, "main").flat.is_change);
  CHECK(d.total.by.change == Approx(0.4 * period_ns));
  CHECK(d.total.is_change);
  CHECK(largest_growth(d)->share == Approx(0.4));
  CHECK(tree[0].total.old_value == Approx(1.0 * period_ns));
  CHECK(tree[0].total.new_value == Approx(1.4 * period_ns));
}

TEST_CASE("by total only the shares count") {
  const auto before = side({cpu({{"main;a", 300}, {"main;b", 300}})});
  const auto after = side({cpu({{"main;a", 3000}, {"main;b", 3000}})});
  const auto [d, tree] = diff(before, after);
  CHECK(d.by == basis::total);
  CHECK(d.changes() == 0);
  CHECK_FALSE(largest_growth(d));
  CHECK(d.new_recorded == 10 * d.old_recorded);
}

TEST_CASE("vanished and new functions are seen, a handful of samples is not") {
  const auto before = side({cpu({{"main;gone", 50}, {"main;kept", 900}, {"main;rare", 2}})});
  const auto after = side({cpu({{"main;fresh", 50}, {"main;kept", 900}, {"main;seldom", 2}})});
  const auto d = diff(before, after, basis::recorded).d;
  CHECK(found_in(d, "gone").vanished());
  CHECK(found_in(d, "gone").is_change());
  CHECK(found_in(d, "fresh").fresh());
  CHECK(found_in(d, "fresh").is_change());
  CHECK_FALSE(found_in(d, "rare").is_change());
  CHECK_FALSE(found_in(d, "seldom").is_change());
  CHECK(d.changes() == 2);
}

TEST_CASE("the same profile twice differs in nothing") {
  const auto one = side({cpu({{"main;a", 3}, {"main;a;b", 50}, {"c", 1}}, 10)});
  const auto d = diff(one, one).d;
  CHECK(d.changes() == 0);
  CHECK(std::ranges::all_of(d.functions, [](const auto& f) { return f.flat.by.change == 0; }));
}

TEST_CASE("between runs that vary by more than their sampling a difference is noise") {
  std::vector<profile> old_runs;
  std::vector<profile> new_runs;
  for (const std::int64_t n : {500, 900, 1300})
    old_runs.push_back(cpu({{"a", n}, {"b", 1000}}, 1000));
  for (const std::int64_t n : {700, 1100, 1500})
    new_runs.push_back(cpu({{"a", n}, {"b", 2000}}, 1000));
  const auto d = diff(side(old_runs), side(new_runs)).d;
  CHECK(d.bounds == bounds_from::runs);
  CHECK_FALSE(found_in(d, "a").is_change());
  CHECK(found_in(d, "b").is_change());
  // One of each alone would have called it a change.
  CHECK(found_in(diff(side({old_runs[0]}), side({new_runs[0]})).d, "a").is_change());
}

TEST_CASE("of 200 functions with noise alone none is called a change in most tries") {
  std::mt19937_64 random(3);
  std::poisson_distribution<std::int64_t> events(30);
  const auto noisy = [&](std::int64_t planted) {
    counts stacks;
    for (int i = 0; i < 200; ++i) stacks.emplace_back("f" + std::to_string(i), events(random));
    stacks.emplace_back("planted", planted);
    return side({cpu(stacks, 1000)});
  };
  int alarms = 0;
  int first = 0;
  constexpr int tries = 100;
  for (int i = 0; i < tries; ++i) {
    alarms += diff(noisy(300), noisy(300)).d.changes() > 0 ? 1 : 0;
    const auto d = diff(noisy(300), noisy(450)).d;
    first += d.functions[0].function.name == "planted" && d.functions[0].is_change() ? 1 : 0;
  }
  CHECK(alarms <= 5);
  CHECK(first >= 95);
}

TEST_CASE("profiles that do not go together are refused, unless told") {
  const auto before = side({cpu({{"a", 1}})});
  const auto refused = [&](profile p, bool anyway) {
    const auto after = side({std::move(p)});
    const auto types = comparable(before, after, "", anyway);
    if (!types) return types.error().line();
    return types->doubts.empty() ? std::string() : "doubt: " + types->doubts[0].text;
  };
  profile slow = cpu({{"a", 1}});
  slow.period = 2 * period_ns;
  CHECK(refused(slow, false).find("it was sampled every 20000000 nanoseconds") !=
        std::string::npos);
  CHECK(refused(slow, true).find("doubt: f0: it was sampled") == 0);
  profile close = cpu({{"a", 1}});
  close.period = period_ns * 11 / 10;
  CHECK(refused(close, false).empty());

  profile_builder heap;
  heap.add_type("inuse_space", "bytes");
  CHECK(refused(std::move(heap).build(), false).find("no sample type 'cpu'") != std::string::npos);
  profile unit = cpu({{"a", 1}});
  unit.types[1].unit = unit.types[0].unit;
  CHECK(refused(unit, false).find("'cpu' in 'count', the first 'cpu' in 'nanoseconds'") !=
        std::string::npos);
}

TEST_CASE("what was asked for must be there") {
  const auto plain = side({cpu({{"a", 1}})});
  const auto types = comparable(plain, plain, "", false);
  REQUIRE(types);
  const auto sides = align(plain, plain, *types, basis::operations);
  REQUIRE_FALSE(sides);
  CHECK(sides.error().line().find("f0: it does not say how many operations") == 0);
  const auto empty = side({cpu({})});
  const auto no_total = align(empty, empty, *comparable(empty, empty, "", false), basis::total);
  REQUIRE_FALSE(no_total);
  CHECK(align(empty, empty, *comparable(empty, empty, "", false), basis::recorded));
}
