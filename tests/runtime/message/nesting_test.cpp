// Values nested a million levels deep: building, comparing, printing and freeing them must need no
// stack.
#include <array>
#include <string>

#include "runtime/message/dict.hpp"
#include "runtime/message/list.hpp"
#include "runtime/message/structure.hpp"
#include "runtime/message/text.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;

namespace {

constexpr int mixed = -1;  // all containers in turn

message wrapped(message inner, int how) {
  static const std::array<atom, 2> names{atom::intern("a"), atom::intern("b")};
  switch (how % 5) {
    case 0:
      return list_append(list_append(empty_list(), std::move(inner)), message::boolean(true));
    case 1:
      return list_append(list_append(empty_list(), message::string("x")), std::move(inner));
    case 2:
      return make_dict({{message::string("k"), std::move(inner)}});
    case 3:
      return message::tagged(names[0], message::tagged(names[1], std::move(inner)));
    default: {
      std::array<message, 2> values{message::integer(how), std::move(inner)};
      return make_structure(shape::intern(names), values);
    }
  }
}

message nested(int levels, int how, std::int64_t core) {
  message m = message::integer(core);
  for (int i = 0; i < levels; ++i) m = wrapped(std::move(m), how == mixed ? i : how);
  return m;
}

}  // namespace

TEST_CASE("a million levels compare, print and go without using the stack") {
  const std::int64_t live_before = live_payloads();
  for (const int how : {mixed, 0, 1, 2, 3, 4}) {
    INFO("container " << how);
    const int levels = how == mixed ? 1'000'000 : 200'000;
    message a = nested(levels, how, 1);
    message b = nested(levels, how, 2);
    CHECK_FALSE(equal(a, b));
    CHECK(equal(a, a));
    const std::string text = text_of(a);
    CHECK(text.size() > static_cast<std::size_t>(levels));
    CHECK(text != text_of(b));
    a = message();
    b = message();
    CHECK(live_payloads() == live_before);
  }
}

TEST_CASE("views of views of lists in lists are freed") {
  const std::int64_t live_before = live_payloads();
  message m = message::integer(1);
  for (int i = 0; i < 10000; ++i) {
    list_builder b;
    for (int k = 0; k < 40; ++k) b.append(k == 20 ? m : message::string("x"));
    m = list_slice(std::move(b).build(), 5, 35);
  }
  m = message();
  CHECK(live_payloads() == live_before);
}

TEST_CASE("a string of 100 MB is shared, joined, compared and freed") {
  const std::int64_t live_before = live_payloads();
  {
    const std::string big(100'000'000, 'x');
    const message m = message::string(big);
    const message copy = m;  // NOLINT(performance-unnecessary-copy-initialization)
    CHECK(copy.shared_payload() == m.shared_payload());
    CHECK(equal(m, message::string(big)));
    CHECK(text_of(m).size() == big.size());
  }
  CHECK(live_payloads() == live_before);
}
