// Messages used by several threads. A program of its own: sharing is announced for the whole
// process.
#include <array>
#include <thread>
#include <vector>

#include "runtime/message/list.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;

TEST_CASE("threads that share, drop and extend one value lose nothing") {
  share_payloads_between_threads();
  const std::int64_t live_before = live_payloads();
  {
    const message shared =
        list_append(list_append(empty_list(), message::string("a longer string")),
                    make_list(std::array<std::int64_t, 3>{1, 2, 3}));
    std::vector<std::thread> threads;
    std::array<std::int64_t, 4> sums{};
    for (std::int64_t& sum : sums) {
      threads.emplace_back([&sum, mine = shared]() mutable {
        for (int i = 0; i < 20000; ++i) {
          message l = list_append(mine, message::integer(i));
          l = list_append(std::move(l), list_at(mine, 1));
          sum += list_at(list_at(l, 3), 1).as_integer();
          if (i % 100 == 0) mine = list_slice(l, 0, 2);
        }
      });
    }
    for (std::thread& t : threads) t.join();
    for (const std::int64_t sum : sums) CHECK(sum == 40000);
    CHECK(is_unique(shared.shared_payload()));
  }
  CHECK(live_payloads() == live_before);
}

TEST_CASE("the last owner frees, whichever thread it is in") {
  share_payloads_between_threads();
  const std::int64_t live_before = live_payloads();
  for (int round = 0; round < 200; ++round) {
    message m = list_append(empty_list(), message::string("a string too long for the inline form"));
    std::thread other([copy = m]() mutable { copy = message(); });
    m = message();
    other.join();
  }
  CHECK(live_payloads() == live_before);
}
