#include "profiles/model/merge.hpp"

#include <array>

#include "profiles/model/profile_builder.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::profiles;

namespace {

profile one(const char* unit, const std::vector<std::string>& stack, std::int64_t value) {
  profile_builder made;
  made.text("a text that only this profile has: " + stack.front());
  made.add_type("cpu", unit);
  std::vector<location_id> ids;
  for (const std::string& name : stack) ids.push_back(made.add_named_location(name));
  const label node{.key = made.text("node"), .text = made.text("adder")};
  made.add_sample(ids, std::array{value}, std::span(&node, 1));
  made.header().time_ns = 100 - value;
  made.header().duration_ns = value;
  made.header().comments = {made.text("rate 100 Hz")};
  return std::move(made).build();
}

}  // namespace

TEST_CASE("merging sums equal stacks and keeps others, whatever their ids") {
  const std::array all{one("ns", {"leaf", "main"}, 1), one("ns", {"main"}, 10),
                       one("ns", {"leaf", "main"}, 30)};
  const auto merged = merge(all);
  REQUIRE(merged);
  CHECK(validate(*merged));
  CHECK(merged->samples.size() == 2);
  CHECK(totals(*merged) == std::vector<std::int64_t>{41});
  CHECK(merged->values == std::vector<std::int64_t>{31, 10});
  const location& outer = merged->locations[merged->stacks[1].index()];
  CHECK(merged->text(merged->functions[outer.lines[0].function.index()].name) == "main");
  CHECK(merged->text(merged->labels[1].text) == "adder");
  CHECK(merged->time_ns == 70);
  CHECK(merged->duration_ns == 41);
  CHECK(merged->comments.size() == 1);
}

TEST_CASE("profiles of other units are not merged") {
  const std::array all{one("ns", {"main"}, 1), one("bytes", {"main"}, 1)};
  const auto merged = merge(all);
  REQUIRE_FALSE(merged);
  CHECK(merged.error().where == "profile 2");
}
