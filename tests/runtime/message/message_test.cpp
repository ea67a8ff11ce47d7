#include "runtime/message/message.hpp"

#include <limits>
#include <string>

#include "runtime/message/list.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;

TEST_CASE("scalars keep their kind and value") {
  CHECK(message().is(kind::none));
  CHECK_FALSE(message());
  CHECK(message::boolean(true).as_boolean());
  CHECK_FALSE(message::boolean(false).as_boolean());
  CHECK(message::boolean(false));
  CHECK(message::integer(std::numeric_limits<std::int64_t>::min()).as_integer() ==
        std::numeric_limits<std::int64_t>::min());
  CHECK(message::floating(-2.5).as_floating() == -2.5);
  CHECK(message::floating(1).kind_of() == kind::floating);
  CHECK(name_of(kind::tagged) == "union");
  CHECK(name_of(message::integer(1).kind_of()) == "int");
}

TEST_CASE("strings of any length come back; short ones have no payload") {
  const std::int64_t live_before = live_payloads();
  const std::string letters = "abcdefghijklmnopqrstuvwxyz\0ABCDEFGHIJKL";
  for (std::size_t n = 0; n <= letters.size(); ++n) {
    const message m = message::string(std::string_view(letters).substr(0, n));
    CHECK(m.as_string() == letters.substr(0, n));
    CHECK((m.shared_payload() == nullptr) == (n <= message::inline_string_bytes));
    const message copy = m;  // NOLINT(performance-unnecessary-copy-initialization)
    CHECK(copy.as_string() == letters.substr(0, n));
    message from = copy;
    const message moved = std::move(from);
    CHECK(moved.as_string() == letters.substr(0, n));
    CHECK(from.is(kind::none));  // NOLINT(bugprone-use-after-move): what is tested
    const message bytes = message::bytes(letters.substr(0, n));
    CHECK(bytes.as_bytes() == letters.substr(0, n));
  }
  CHECK(live_payloads() == live_before);
}

TEST_CASE("a concatenation is one string") {
  const std::string_view few[] = {"ab", "", "c"};
  const message short_one = message::concatenation(few);
  CHECK(short_one.as_string() == "abc");
  CHECK(short_one.shared_payload() == nullptr);
  const std::string_view many[] = {"0123456789", "abcdef", "x"};
  const message long_one = message::concatenation(many);
  CHECK(long_one.as_string() == "0123456789abcdefx");
  const message none = message::concatenation({});
  CHECK(none.as_string().empty());
}

TEST_CASE("unions give back what they were made of") {
  const std::int64_t live_before = live_payloads();
  const atom tag = atom::intern("Tag");
  const message bare = message::tagged(tag);
  CHECK(bare.tag() == tag);
  CHECK_FALSE(bare.has_data());
  CHECK(bare.data().is(kind::none));

  CHECK(message::tagged(tag, message::boolean(true)).data().as_boolean());
  CHECK(message::tagged(tag, message::integer(-3)).data().as_integer() == -3);
  CHECK(message::tagged(tag, message::floating(0.5)).data().as_floating() == 0.5);
  for (std::size_t n = 0; n <= 20; ++n) {
    const std::string text = std::string("abcdefghijklmnopqrstuvwxyz").substr(0, n);
    const message u = message::tagged(tag, message::string(text));
    CHECK(u.data_kind() == kind::string);
    CHECK((u.shared_payload() == nullptr) == (n <= message::inline_union_string_bytes));
    const message data = u.data();
    CHECK(data.as_string() == text);
    CHECK(message::tagged(tag, data).data().kind_of() == kind::string);
  }
  const message list = make_list(std::span<const std::int64_t>(std::array<std::int64_t, 1>{5}));
  const message around = message::tagged(tag, list);
  CHECK(around.shared_payload() == list.shared_payload());
  CHECK(around.data().shared_payload() == list.shared_payload());
  CHECK(message::tagged(tag, empty_list()).data().is(kind::list));

  const message nested = message::tagged(tag, message::tagged(atom::intern("In"), list));
  CHECK(nested.data_kind() == kind::tagged);
  const message inner = nested.data();
  CHECK(inner.tag().text() == "In");
  CHECK(list_at(inner.data(), 0).as_integer() == 5);
  CHECK(live_payloads() == live_before + 2);  // the list and the box
}

TEST_CASE("assigning what only the old value kept alive is safe") {
  message outer = list_append(empty_list(), message::string("a string too long for inline"));
  outer = list_at(outer, 0);
  CHECK(outer.as_string().ends_with("inline"));
}

TEST_CASE("self-assignment and swaps keep the value alive") {
  message m = message::string("a string that is too long for the inline form");
  message& same = m;
  const std::int64_t live_before = live_payloads();
  m = same;
  m = std::move(same);
  CHECK(live_payloads() == live_before);
  CHECK(m.as_string().starts_with("a string"));
  message other = message::integer(3);
  m.swap(other);
  CHECK(m.as_integer() == 3);
  CHECK(other.as_string().starts_with("a string"));
  m = std::move(other);
  CHECK(m.as_string().ends_with("form"));
}
