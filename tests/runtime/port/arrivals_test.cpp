// Which waiting message a select takes next, under each order.
#include "runtime/port/arrivals.hpp"

#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;

namespace {

using slots = std::vector<std::uint16_t>;

slots order_of(order_policy policy, const slots& sent, std::size_t slot_count = 4) {
  arrivals all;
  all.reserve(slot_count, sent.size());
  all.use(policy);
  for (const std::uint16_t slot : sent) all.push(slot);
  slots got;
  while (!all.empty()) got.push_back(all.pop());
  return got;
}

}  // namespace

TEST_CASE("arrivals and stamps keep the order of the sends") {
  const slots sent = {3, 3, 0, 2, 1, 0, 3};
  CHECK(order_of(order_policy::needed_only, sent) == sent);
  CHECK(order_of(order_policy::global, sent) == sent);
}

TEST_CASE("relaxed: slots take turns") {
  CHECK(order_of(order_policy::relaxed, {3, 3, 3, 1, 1, 0}) == slots{0, 1, 3, 1, 3, 3});
}

TEST_CASE("none: the lowest slot first") {
  CHECK(order_of(order_policy::none, {3, 1, 3, 0, 1, 0}) == slots{0, 0, 1, 1, 3, 3});
}

TEST_CASE("every order gives every message once while some come and some go") {
  for (const order_policy policy : {order_policy::needed_only, order_policy::global,
                                    order_policy::relaxed, order_policy::none}) {
    arrivals all;
    all.use(policy);
    all.reserve(5, 5);  // the room may become known after the order
    std::vector<int> balance(5, 0);
    std::uint32_t random = 1;
    int inside = 0;
    for (int i = 0; i < 10'000; ++i) {
      random = random * 1664525U + 1013904223U;
      if (inside < 5 && (random >> 30) != 0) {
        const auto slot = static_cast<std::uint16_t>((random >> 8) % 5);
        all.push(slot);
        ++balance[slot];
        ++inside;
      } else if (inside > 0) {
        const std::uint16_t slot = all.pop();
        REQUIRE(slot < 5);
        REQUIRE(--balance[slot] >= 0);
        --inside;
      }
      REQUIRE(all.empty() == (inside == 0));
    }
  }
}
