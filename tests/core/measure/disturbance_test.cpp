#include "core/measure/disturbance.hpp"

#include <algorithm>

#include "tests/support/catch.hpp"

using namespace nevaperf;
using measure::disturbance;

namespace {

model::environment quiet_machine() {
  model::environment out;
  out.build_type = "RelWithDebInfo";
  out.commit = "abc";
  out.load = 0.3;
  out.steal = 0.001;
  out.cores = 4;
  out.cpu_limit = 4.0;
  out.memory_bytes = 1U << 30;
  out.memory_limit_bytes = 1U << 30;
  out.governor = "performance";
  out.turbo = false;
  out.smt = false;
  out.aslr = true;
  out.huge_pages = "madvise";
  out.virtualisation = "none";
  return out;
}

std::vector<std::string> codes(const model::environment& where) {
  std::vector<std::string> out;
  for (const disturbance& one : measure::find_disturbances(where)) out.push_back(one.code);
  return out;
}

}  // namespace

TEST_CASE("a quiet machine, and one of which nothing is known, disturb nothing") {
  CHECK(codes(quiet_machine()).empty());
  CHECK(codes({}).empty());
  CHECK(measure::machine_doubts({}).empty());
}

TEST_CASE("each fault of a machine is found by its code") {
  const auto with = [](auto change) {
    model::environment where = quiet_machine();
    change(where);
    return codes(where);
  };
  using env = model::environment;
  using list = std::vector<std::string>;
  CHECK(with([](env& e) { e.build_type = "Debug"; }) == list{"debug-build"});
  CHECK(with([](env& e) { e.sanitizers = "address"; }) == list{"debug-build"});
  CHECK(with([](env& e) { e.commit = "abc+dirty"; }) == list{"dirty-commit"});
  CHECK(with([](env& e) { e.load = 2.1; }) == list{"busy-machine"});
  CHECK(with([](env& e) { e.steal = 0.02; }) == list{"stolen-time"});
  CHECK(with([](env& e) { e.governor = "powersave"; }) == list{"governor"});
  CHECK(with([](env& e) { e.turbo = true; }) == list{"turbo"});
  CHECK(with([](env& e) { e.cpu_limit = 1.5; }) == list{"cpu-limit"});
  CHECK(with([](env& e) { e.memory_limit_bytes = 1000; }) == list{"memory-limit"});
  CHECK(with([](env& e) { e.cores = 1; }) == list{"one-cpu"});
  CHECK(with([](env& e) { e.virtualisation = "docker"; }) == list{"virtual"});
  CHECK(with([](env& e) { e.smt = true; }) == list{"smt"});
  CHECK(with([](env& e) { e.aslr = false; }) == list{"no-aslr"});
  CHECK(with([](env& e) { e.huge_pages = "always"; }) == list{"huge-pages"});
}

TEST_CASE("the worst comes first; notes are no doubts about numbers") {
  model::environment loud = quiet_machine();
  loud.smt = true;
  loud.governor = "powersave";
  loud.steal = 0.2;
  CHECK(codes(loud) == std::vector<std::string>{"stolen-time", "governor", "smt"});
  const auto doubts = measure::machine_doubts(loud);
  REQUIRE(doubts.size() == 2);
  CHECK(doubts[0].text == "other virtual machines took 20% of the CPU time (steal)");
  for (const disturbance& one : measure::find_disturbances(loud)) {
    CHECK_FALSE(one.what.empty());
    CHECK_FALSE(one.why.empty());
    CHECK_FALSE(one.fix.empty());
  }
}
