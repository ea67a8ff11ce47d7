// What is told from the names in an allocation profile.
#include "profiles/alloc/sites.hpp"

#include <array>

#include "profiles/model/profile_builder.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::profiles;

namespace {

// Samples by the names of their frames, leaf first.
profile made_of(const std::vector<std::vector<std::string>>& stacks) {
  profile_builder made;
  made.add_type("alloc_objects", "count");
  made.add_type("alloc_space", "bytes");
  made.add_type("inuse_objects", "count");
  made.add_type("inuse_space", "bytes");
  const label node{
      .key = made.text("node"), .text = made.text("sum"), .number = 0, .unit = no_text};
  for (const auto& names : stacks) {
    std::vector<location_id> stack;
    for (const std::string& name : names) stack.push_back(made.add_named_location(name));
    made.add_sample(stack, std::array<std::int64_t, 4>{10, 640, 0, 0}, std::array{node});
  }
  return std::move(made).build();
}

std::string category_of(const profile& p, std::size_t sample) {
  for (const label& l : p.labels_of(p.samples[sample]))
    if (p.text(l.key) == "category") return p.text(l.text);
  return {};
}

}  // namespace

TEST_CASE("frames of coroutines are a category of their own; other labels stay") {
  profile p = made_of({{"arena::allocate", "runtime::node_task::promise_type::operator new", "sum"},
                       {"grow", "sum"},
                       {"std::vector::push_back", "a", "b", "c", "d", "e", "f", "g", "h",
                        "task::promise_type::operator new"}});
  mark_coroutine_frames(p);
  REQUIRE(validate(p));
  CHECK(category_of(p, 0) == "coroutine frame");
  CHECK(category_of(p, 1).empty());
  CHECK(category_of(p, 2).empty());  // made far below it
  CHECK(p.labels_of(p.samples[0]).size() == 2);
  CHECK(p.text(p.labels_of(p.samples[0])[0].text) == "sum");
  CHECK(p.labels_of(p.samples[1]).size() == 1);
}

TEST_CASE("each site's allocations for one operation") {
  const profile p = made_of({{"small", "main"}, {"large", "main"}, {"small", "other"}});
  CHECK(site_notes(p, {"allocator: glibc"}).empty());  // operations are not known
  const auto notes = site_notes(p, {"operations: 10"});
  CHECK(notes == std::vector<std::string>{"allocs/op: 3", "B/op: 192",
                                          "site: small: 2 allocs/op, 128 B/op",
                                          "site: large: 1 allocs/op, 64 B/op"});
}
