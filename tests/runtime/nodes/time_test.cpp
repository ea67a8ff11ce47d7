#include <chrono>

#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"

using nevaperf::tests::run_node;

TEST_CASE("time_delay passes messages on, one at a time") {
  CHECK(run_node("time_delay", "dur 1000 0 -5; data 1 2 3") == "res 1 2 3");
  const auto start = std::chrono::steady_clock::now();
  CHECK(run_node("time_delay", "dur 3000000 3000000; data 1 2") == "res 1 2");
  CHECK(std::chrono::steady_clock::now() - start >= std::chrono::milliseconds(6));
}

TEST_CASE("time_after sends a signal") {
  const auto start = std::chrono::steady_clock::now();
  CHECK(run_node("time_after", "dur 3000000 -9223372036854775808") == "sig () ()");
  CHECK(std::chrono::steady_clock::now() - start >= std::chrono::milliseconds(3));
}

TEST_CASE("durations are ints") {
  CHECK(run_node("time_after", "dur 1.5") == "failed at in:dur: expected an int, got a float 1.5");
  CHECK(run_node("time_delay", "dur \"1\"; data 1") ==
        "failed at in:dur: expected an int, got a string 1");
}
