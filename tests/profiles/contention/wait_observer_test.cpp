// What the observer says of nodes whose waiting is scripted on a clock by hand.
#include "profiles/contention/wait_observer.hpp"

#include <algorithm>

#include "profiles/contention/node_waits.hpp"
#include "runtime/observe/instruments.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"

using namespace nevaperf;
using namespace nevaperf::profiles;
using base::node_id;
using runtime::channel_id;
using runtime::wait_reason;

namespace {

// One worker that runs nodes of graph 1: what runtime/schedule does.
class worker {
 public:
  explicit worker(wait_observer& to) : to_(to) {
    runtime::current_work.store(word_of(0));
    to.begins({.nodes = 8, .channels = 8});
  }
  ~worker() { runtime::current_work.store(0); }
  worker(const worker&) = delete;
  worker& operator=(const worker&) = delete;

  void begin(std::uint32_t node) {
    runtime::current_work.store(word_of(node));
    to_.step_begins(node_id(node));
  }
  void end(std::uint32_t node) { to_.step_ends(node_id(node)); }
  // A step in which the node begins to wait.
  void waits(std::uint32_t node, std::uint32_t on, wait_reason why) {
    begin(node);
    to_.waits(node_id(node), channel_id(on), why);
    end(node);
  }
  void send(std::uint32_t from, std::uint32_t on) { to_.sends(node_id(from), channel_id(on)); }
  void receive(std::uint32_t node, std::uint32_t on) {
    to_.receives(node_id(node), channel_id(on));
  }

 private:
  static std::uint64_t word_of(std::uint32_t node) {
    return runtime::work_mark{.graph = 1, .node = node}.word();
  }
  wait_observer& to_;
};

wait_amount amount_of(wait_observer& of, node_wait::reason why, std::vector<std::uint32_t> chain) {
  wait_amount sum;
  for (const auto& [what, amount] : of.found()) {
    if (what.why != why || what.length != chain.size() ||
        !std::equal(chain.begin(), chain.end(), what.chain.begin()))
      continue;
    sum.count += amount.count;
    sum.delay_ns += amount.delay_ns;
    sum.longest_ns = std::max(sum.longest_ns, amount.longest_ns);
  }
  return sum;
}

}  // namespace

using reason = node_wait::reason;

TEST_CASE("a receiver waits for its sender, then for its turn") {
  tests::manual_clock time;
  time.advance_ns(1000);
  wait_observer seen(time);
  worker w(seen);
  w.waits(1, 0, wait_reason::recv_empty);
  time.advance_ns(430);
  w.begin(2);
  w.send(2, 0);
  w.receive(1, 0);  // handed over by node 2
  time.advance_ns(70);
  w.end(2);
  w.begin(1);
  w.end(1);
  const auto wait = amount_of(seen, reason::recv_empty, {1, 2});
  CHECK(wait.count == 1);
  CHECK(wait.delay_ns == 430);
  CHECK(amount_of(seen, reason::sched_delay, {1}).delay_ns == 70);
}

TEST_CASE("a sender waits for its receiver") {
  tests::manual_clock time;
  time.advance_ns(1000);
  wait_observer seen(time);
  worker w(seen);
  w.begin(1);
  w.send(1, 3);
  seen.waits(node_id(1), channel_id(3), wait_reason::send_full);
  w.end(1);
  time.advance_ns(90);
  w.begin(2);
  w.receive(2, 3);
  w.end(2);
  w.begin(1);
  w.end(1);
  CHECK(amount_of(seen, reason::send_full, {1, 2}).delay_ns == 90);
}

TEST_CASE("the cause is passed on: a waited to send to b because b waited for c") {
  tests::manual_clock time;
  time.advance_ns(1000);
  wait_observer seen(time);
  worker w(seen);
  w.waits(2, 1, wait_reason::recv_empty);  // b waits for c from 1000 on
  time.advance_ns(50);
  w.begin(1);
  w.send(1, 0);
  seen.waits(node_id(1), channel_id(0), wait_reason::send_full);  // a from 1050 on
  w.end(1);
  time.advance_ns(400);
  w.begin(3);
  w.send(3, 1);
  w.receive(2, 1);  // c serves b at 1450
  w.end(3);
  w.begin(2);
  time.advance_ns(30);  // b works
  w.receive(2, 0);      // and takes a's message at 1480
  w.end(2);
  w.begin(1);
  w.end(1);
  CHECK(amount_of(seen, reason::recv_empty, {2, 3}).delay_ns == 450);
  CHECK(amount_of(seen, reason::send_full, {1, 2}).delay_ns == 30);
  const auto passed_on = amount_of(seen, reason::send_full, {1, 2, 3});
  CHECK(passed_on.delay_ns == 400);
  CHECK(passed_on.count == 1);  // the larger part
  CHECK(passed_on.longest_ns == 430);
}

TEST_CASE("of three senders the one that serves a select is the cause") {
  tests::manual_clock time;
  time.advance_ns(1000);
  wait_observer seen(time);
  worker w(seen);
  w.waits(0, 0, wait_reason::select);
  time.advance_ns(10);
  w.begin(3);
  w.send(3, 2);
  w.receive(0, 2);
  w.end(3);
  w.begin(0);
  w.end(0);
  CHECK(amount_of(seen, reason::select, {0, 3}).delay_ns == 10);
}

TEST_CASE("a node that waits for several operations waits once, for the last") {
  tests::manual_clock time;
  time.advance_ns(1000);
  wait_observer seen(time);
  worker w(seen);
  w.begin(0);
  seen.waits(node_id(0), channel_id(1), wait_reason::recv_empty);
  seen.waits(node_id(0), channel_id(2), wait_reason::recv_empty);
  w.end(0);
  for (const std::uint32_t from : {1U, 2U}) {
    time.advance_ns(100);
    w.begin(from);
    w.send(from, from);
    w.receive(0, from);
    w.end(from);
  }
  w.begin(0);
  w.end(0);
  const auto wait = amount_of(seen, reason::join, {0, 2});
  CHECK(wait.count == 1);
  CHECK(wait.delay_ns == 200);
  CHECK(amount_of(seen, reason::recv_empty, {0, 1}).count == 0);
}

TEST_CASE("sleeping, and waiting when the work is over, is idle") {
  tests::manual_clock time;
  time.advance_ns(1000);
  wait_observer seen(time);
  worker w(seen);
  w.begin(0);
  w.end(0);
  time.advance_ns(500);
  w.begin(0);
  w.end(0);
  w.waits(1, 0, wait_reason::recv_empty);
  time.advance_ns(60);
  CHECK(amount_of(seen, reason::idle, {0}).delay_ns == 560);
  CHECK(amount_of(seen, reason::idle, {1}).delay_ns == 60);
  CHECK(amount_of(seen, reason::recv_empty, {1}).count == 0);
}

TEST_CASE("waits survive the way through their file, and damage is refused") {
  node_waits all{.start_ns = 5, .duration_ns = 7, .dropped = 1, .waits = {}};
  all.waits.push_back(
      {.reason = "send_full", .port = "a:out", .chain = {"a", "b"}, .amount = {.count = 3}});
  all.waits.front().amount.delay_ns = 400;
  all.waits.front().amount.histogram[wait_histogram_slot(200)] = 3;
  const auto read = read_node_waits(write_node_waits(all));
  REQUIRE(read);
  REQUIRE(read->waits.size() == 1);
  CHECK(read->waits[0].chain == all.waits[0].chain);
  CHECK(read->waits[0].amount.histogram == all.waits[0].amount.histogram);
  CHECK(read->dropped == 1);
  for (const char* bad : {"", "[]", "{", R"({"schema":"nevaperf.waits/1"})",
                          R"({"schema":"nevaperf.waits/1","waits":[{"chain":[1]}]})",
                          R"({"schema":"nevaperf.waits/1","waits":[{"chain":[]}]})"})
    CHECK_FALSE(read_node_waits(bad));

  const profile p = make_node_wait_profile(*read);
  REQUIRE(validate(p));
  CHECK(totals(p) == std::vector<std::int64_t>{3, 400, 3, 400, 0, 0});
  CHECK(wait_notes(*read).front().find("a:out send_full (a <- b): 3 times, 400 ns") !=
        std::string::npos);
}
