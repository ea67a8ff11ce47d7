#include "runtime/message/list.hpp"

#include <string>
#include <vector>

#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;

namespace {

message ints(std::int64_t n) {
  list_builder b;
  for (std::int64_t i = 0; i < n; ++i) b.append(message::integer(i));
  return std::move(b).build();
}

}  // namespace

TEST_CASE("the empty list has no payload and takes part in everything") {
  const message e = empty_list();
  CHECK(e.shared_payload() == nullptr);
  CHECK(list_size(e) == 0);
  CHECK(list_builder().build().shared_payload() == nullptr);
  CHECK(list_size(list_concat(e, e)) == 0);
  CHECK(list_at(list_append(e, message::integer(1)), 0).as_integer() == 1);
  CHECK(list_at(list_prepend(message::string("x"), e), 0).is(kind::string));
  CHECK(list_size(list_slice(e, 0, 0)) == 0);
  CHECK(list_size(list_concat(e, ints(3))) == 3);
  CHECK(list_size(list_concat(ints(3), e)) == 3);
}

TEST_CASE("a list changes its storage when another kind comes, and keeps its values") {
  list_builder b(2);
  b.append(message::integer(1));
  b.append(message::integer(2));
  b.append(message::floating(2.5));
  b.append(message::string("a string that is too long for the inline form"));
  CHECK(b.size() == 4);
  const message l = std::move(b).build();
  CHECK(list_at(l, 0).as_integer() == 1);
  CHECK(list_at(l, 1).as_integer() == 2);
  CHECK(list_at(l, 2).as_floating() == 2.5);
  CHECK(list_at(l, 3).is(kind::string));
  const message mixed = list_concat(ints(2), make_list(std::vector<double>{0.5}));
  CHECK(list_at(mixed, 1).is(kind::integer));
  CHECK(list_at(mixed, 2).is(kind::floating));
}

TEST_CASE("append reuses the storage of an only owner and leaves other owners alone") {
  message l = ints(3);
  const payload* const before = l.shared_payload();
  l = list_append(std::move(l), message::integer(3));
  CHECK(l.shared_payload() == before);  // capacity 4
  const message kept = l;
  l = list_append(std::move(l), message::integer(4));
  CHECK(l.shared_payload() != before);
  CHECK(list_size(kept) == 4);
  CHECK(list_size(l) == 5);
}

TEST_CASE("a chain of appends moves its storage only now and then") {
  message l = empty_list();
  int moves = 0;
  for (std::int64_t i = 0; i < 100000; ++i) {
    const payload* const before = l.shared_payload();
    l = list_append(std::move(l), message::integer(i));
    moves += l.shared_payload() != before;
  }
  CHECK(moves < 20);
  CHECK(list_at(l, 99999).as_integer() == 99999);
}

TEST_CASE("slices share large storage, also of slices, and copy where they would keep too much") {
  const std::int64_t live_before = live_payloads();
  message l = ints(1000);
  message half = list_slice(l, 100, 700);
  CHECK(list_size(half) == 600);
  CHECK(list_at(half, 0).as_integer() == 100);
  const message quarter = list_slice(half, 50, 300);
  CHECK(list_at(quarter, 249).as_integer() == 399);
  CHECK(list_slice(half, 0, 600).shared_payload() == half.shared_payload());
  CHECK(live_payloads() == live_before + 3);

  SECTION("the owner goes first") {
    l = message();
    half = message();
    CHECK(list_at(quarter, 0).as_integer() == 150);
    CHECK(live_payloads() == live_before + 2);
  }
  SECTION("small parts do not keep the owner") {
    const message small = list_slice(l, 0, 20);
    CHECK(is_unique(small.shared_payload()));
    CHECK(l.shared_payload()->references == 3);  // l and two views
  }
  SECTION("append to a slice copies") {
    half = list_append(std::move(half), message::integer(-1));
    CHECK(list_at(half, 600).as_integer() == -1);
    CHECK(list_at(l, 700).as_integer() == 700);
  }
}

TEST_CASE("a builder that is dropped frees what it holds") {
  const std::int64_t live_before = live_payloads();
  {
    list_builder b;
    b.append(message::string("a string that is too long for the inline form"));
    CHECK(live_payloads() == live_before + 2);
  }
  CHECK(live_payloads() == live_before);
}
