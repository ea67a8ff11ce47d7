#include "profiles/contention/preload/blame_table.hpp"

#include <array>
#include <barrier>
#include <memory>
#include <thread>
#include <vector>

#include "tests/support/catch.hpp"

using nevaperf::preload::blame;
using nevaperf::preload::blame_table;

namespace {

struct table_and_things {
  blame_table table;
  // Neighbours in memory: they share places and hashes.
  std::array<std::uint64_t, 64> things{};
};

}  // namespace

TEST_CASE("who gives a thing up is charged for all who wait, from when each began") {
  const auto made = std::make_unique<table_and_things>();
  auto& [table, things] = *made;
  auto* const one = table.wait_begins(&things[0], 100);
  auto* const two = table.wait_begins(&things[0], 150);
  CHECK_FALSE(table.is_quiet());
  const blame cost = table.give_up(&things[0], 200, false);
  CHECK(cost.waits == 2);
  CHECK(cost.delay_ns == 150);
  // The next holder pays from there on only.
  table.wait_ends(one, 100);
  CHECK(table.give_up(&things[0], 230, false).delay_ns == 30);
  table.wait_ends(two, 150);
  CHECK(table.is_quiet());
  CHECK(table.give_up(&things[0], 300, false).waits == 0);
}

TEST_CASE("who wakes one pays for one") {
  const auto made = std::make_unique<table_and_things>();
  auto& [table, things] = *made;
  auto* const one = table.wait_begins(&things[0], 100);
  auto* const two = table.wait_begins(&things[0], 100);
  const blame cost = table.give_up(&things[0], 160, true);
  CHECK(cost.waits == 1);
  CHECK(cost.delay_ns == 60);
  table.wait_ends(one, 100);
  table.wait_ends(two, 100);
}

TEST_CASE("threads that begin to wait at the same moment are all found") {
  const auto made = std::make_unique<table_and_things>();
  auto& [table, things] = *made;
  constexpr int rounds = 3000;
  constexpr int waiters = 3;
  std::barrier<> all(waiters + 1);
  std::vector<std::thread> threads;
  for (int who = 0; who < waiters; ++who)
    threads.emplace_back([&, who] {
      for (int round = 0; round < rounds; ++round) {
        const auto r = static_cast<std::size_t>(round);
        all.arrive_and_wait();
        // Another thing comes and goes on a place near by.
        auto* const other =
            table.wait_begins(&things[(r + 1 + static_cast<std::size_t>(who)) % 64], 1);
        auto* const own = table.wait_begins(&things[r % 64], 1);
        table.wait_ends(other, 1);
        all.arrive_and_wait();
        all.arrive_and_wait();
        table.wait_ends(own, 1);
      }
    });
  int missed = 0;
  for (int round = 0; round < rounds; ++round) {
    all.arrive_and_wait();
    all.arrive_and_wait();
    missed +=
        table.give_up(&things[static_cast<std::size_t>(round) % 64], 2, false).waits != waiters;
    all.arrive_and_wait();
  }
  for (std::thread& t : threads) t.join();
  CHECK(missed == 0);
  CHECK(table.is_quiet());
}
