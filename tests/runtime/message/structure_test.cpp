#include "runtime/message/structure.hpp"

#include <array>
#include <string>

#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;

TEST_CASE("one set of names is one shape, sorted by name") {
  const std::array<atom, 3> one{atom::intern("c"), atom::intern("a"), atom::intern("b")};
  const std::array<atom, 3> two{atom::intern("b"), atom::intern("c"), atom::intern("a")};
  const shape* const s = shape::intern(one);
  CHECK(s == shape::intern(two));
  CHECK(s->fields()[0].text() == "a");
  CHECK(s->fields()[2].text() == "c");
  CHECK(s->slot_of(atom::intern("b")) == std::size_t{1});
  CHECK_FALSE(s->slot_of(atom::intern("d")));
  CHECK(shape::intern(std::span(one).first(2)) != s);
  CHECK(shape::intern({}) == shape::empty());
}

TEST_CASE("wide shapes find all their fields") {
  std::vector<atom> names;
  for (int i = 0; i < 100; ++i) names.push_back(atom::intern("wide" + std::to_string(i)));
  const shape* const s = shape::intern(names);
  for (const atom name : names) {
    const auto slot = s->slot_of(name);
    REQUIRE(slot);
    CHECK(s->fields()[*slot] == name);
  }
  CHECK_FALSE(s->slot_of(atom::intern("wide100")));
}

TEST_CASE("a struct takes its values over, in one allocation") {
  const std::int64_t live_before = live_payloads();
  {
    const std::array<atom, 2> names{atom::intern("x"), atom::intern("y")};
    std::array<message, 2> values{message::integer(1),
                                  message::string("a string too long for the inline form")};
    const message m = make_structure(shape::intern(names), values);
    CHECK(live_payloads() == live_before + 2);
    CHECK(values[1].is(kind::none));
    CHECK(field_at(m, 0).as_integer() == 1);
    CHECK(field_at(m, 1).as_string().starts_with("a string"));
    CHECK(shape_of(m) == shape::intern(names));
  }
  CHECK(live_payloads() == live_before);
  CHECK(shape_of(empty_structure()) == shape::empty());
  CHECK(make_structure(shape::empty(), {}).shared_payload() == nullptr);
}
