#include <array>
#include <limits>
#include <string>

#include "runtime/message/dict.hpp"
#include "runtime/message/list.hpp"
#include "runtime/message/structure.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;

namespace {

const double not_a_number = std::numeric_limits<double>::quiet_NaN();

message list_of(std::initializer_list<message> elements) {
  return make_list(std::span<const message>(elements.begin(), elements.size()));
}

message tagged(std::string_view tag, message data) {
  return message::tagged(atom::intern(tag), std::move(data));
}

}  // namespace

TEST_CASE("kinds must match and floats follow IEEE") {
  CHECK(equal(message::integer(1), message::integer(1)));
  CHECK_FALSE(equal(message::integer(1), message::floating(1)));
  CHECK_FALSE(equal(message::integer(1), message::boolean(true)));
  CHECK_FALSE(equal(message::string("a"), message::bytes("a")));
  CHECK(equal(message::floating(0.0), message::floating(-0.0)));
  CHECK_FALSE(equal(message::floating(not_a_number), message::floating(not_a_number)));
  CHECK(equal(message::string("a"), message::string("a")));
  CHECK_FALSE(equal(message::string("a"), message::string(std::string_view("a\0", 2))));
}

TEST_CASE("a NaN makes its container unequal to itself, wherever it lies") {
  const message typed = make_list(std::array<double, 2>{1, not_a_number});
  const message general = list_of({message::string("x"), message::floating(not_a_number)});
  const message dict = make_dict({{message::string("k"), message::floating(not_a_number)}});
  const std::array<atom, 1> names{atom::intern("f")};
  std::array<message, 1> values{message::floating(not_a_number)};
  const message structure = make_structure(shape::intern(names), values);
  for (const message& m :
       {typed, general, dict, structure, tagged("T", message::floating(not_a_number)),
        tagged("T", typed), list_of({list_of({general})})}) {
    CHECK_FALSE(equal(m, m));
  }
}

TEST_CASE("storage does not show in equality") {
  const message typed = make_list(std::array<std::int64_t, 2>{1, 2});
  message general = list_of({message::string("x"), message::integer(1), message::integer(2)});
  general = list_slice(general, 1, 3);
  CHECK(equal(typed, general));
  CHECK(equal(general, typed));
  const message floats = make_list(std::array<double, 2>{1, 2});
  CHECK_FALSE(equal(typed, floats));
  CHECK_FALSE(equal(general, floats));
  CHECK_FALSE(equal(floats, general));
  const message ten = message::tagged(atom(), message::string("ten bytes.")).data();
  CHECK(ten.shared_payload() != nullptr);
  CHECK(equal(ten, message::string("ten bytes.")));
  CHECK(equal(tagged("T", ten), tagged("T", message::string("ten bytes."))));
}

TEST_CASE("unions are equal by tag, presence of data and data") {
  CHECK(equal(message::tagged(atom::intern("A")), message::tagged(atom::intern("A"))));
  CHECK_FALSE(equal(message::tagged(atom::intern("A")), message::tagged(atom::intern("B"))));
  CHECK_FALSE(equal(message::tagged(atom::intern("A")), tagged("A", message::integer(0))));
  CHECK_FALSE(equal(tagged("A", message::boolean(false)), tagged("A", message::integer(0))));
  CHECK_FALSE(equal(tagged("A", message::string("")), tagged("A", message::string("a"))));
  CHECK_FALSE(equal(tagged("A", message::string("a")),
                    tagged("A", message::string(std::string_view("a\0", 2)))));
  CHECK(equal(tagged("A", tagged("B", message::integer(1))),
              tagged("A", tagged("B", message::integer(1)))));
  CHECK_FALSE(equal(tagged("A", tagged("B", message::integer(1))),
                    tagged("A", tagged("B", message::integer(2)))));
  CHECK_FALSE(equal(tagged("A", empty_list()), tagged("A", list_of({message::integer(1)}))));
  CHECK(equal(tagged("A", empty_list()), tagged("A", empty_list())));
}

TEST_CASE("a pattern without data matches any data of its tag") {
  const message a1 = tagged("A", message::integer(1));
  CHECK(matches(a1, message::tagged(atom::intern("A"))));
  CHECK_FALSE(matches(a1, message::tagged(atom::intern("B"))));
  CHECK_FALSE(matches(message::tagged(atom::intern("A")), a1));
  CHECK(matches(a1, tagged("A", message::integer(1))));
  CHECK_FALSE(matches(a1, tagged("A", message::integer(2))));
  CHECK(matches(message::integer(1), message::integer(1)));
  CHECK_FALSE(matches(message::integer(1), message::tagged(atom::intern("A"))));
  // inside data equality is strict
  CHECK_FALSE(matches(tagged("O", a1), tagged("O", message::tagged(atom::intern("A")))));
}

TEST_CASE("a container is not equal to a part of itself") {
  const message one = message::integer(1);
  const message small = make_dict({{message::string("a"), one}});
  const message large = make_dict({{message::string("a"), one}, {message::string("b"), one}});
  CHECK_FALSE(equal(small, large));
  CHECK_FALSE(equal(large, small));
  CHECK_FALSE(equal(small, empty_dict()));
  const message few = list_of({message::string("x"), one});
  const message more = list_append(few, one);
  CHECK_FALSE(equal(few, more));
  CHECK_FALSE(equal(more, few));
  CHECK_FALSE(equal(more, empty_list()));
  const std::array<atom, 2> names{atom::intern("a"), atom::intern("b")};
  std::array<message, 2> values{one, one};
  const message pair = make_structure(shape::intern(names), values);
  values[0] = one;
  const message single =
      make_structure(shape::intern(std::span(names).first(1)), std::span(values).first(1));
  CHECK_FALSE(equal(pair, single));
  CHECK_FALSE(equal(single, pair));
}
