// The trace of real graphs as JSON: valid, every arrow with both its ends inside steps, times in
// order.
#include "runtime/observe/chrome_trace.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "runtime/port/ports.hpp"
#include "runtime/port/special_channel.hpp"
#include "tests/runtime/port/nodes.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;
using namespace nevaperf::tests;
using nlohmann::json;

namespace {

json written(const trace& t, const graph_names& names) {
  std::string text;
  write_chrome_trace(t, names, [&text](std::string_view piece) {
    text += piece;
    return true;
  });
  return json::parse(text);
}

// Times are written in microseconds with three decimals.
std::int64_t ns(const json& microseconds) {
  return std::llround(microseconds.get<double>() * 1000);
}

struct arrow {
  std::string name;
  std::string from;  // rows
  std::string to;
};

// What a reader of the trace sees; checks on the way that it is sound.
struct reading {
  std::map<std::string, std::size_t> steps;  // by row
  std::vector<arrow> arrows;
  std::map<std::string, std::vector<json>> instants;  // by name
};

reading read(const json& file) {
  struct slice {
    std::int64_t from;
    std::int64_t to;
  };
  reading seen;
  std::map<int, std::string> rows;
  std::map<int, slice> last;           // by row
  std::map<std::int64_t, arrow> open;  // by id
  std::set<std::int64_t> ids;
  std::int64_t now = 0;
  for (const json& e : file.at("traceEvents")) {
    const std::string phase = e.at("ph");
    const int row = e.at("tid");
    if (phase == "M") {
      if (e.at("name") == "thread_name") rows[row] = e.at("args").at("name");
      continue;
    }
    REQUIRE(rows.contains(row));
    const std::int64_t at = ns(e.at("ts"));
    REQUIRE(at >= now);
    now = at;
    if (phase == "X") {
      if (last.contains(row)) REQUIRE(at >= last[row].to - 1);  // a node runs once at a time
      last[row] = {at, at + ns(e.at("dur"))};
      ++seen.steps[rows[row]];
      continue;
    }
    REQUIRE(last.contains(row));  // everything happens in a step of its row
    REQUIRE(at >= last[row].from);
    REQUIRE(at < last[row].to);
    if (phase == "i") {
      seen.instants[e.at("name")].push_back(e);
    } else if (phase == "s") {
      REQUIRE(ids.insert(e.at("id").get<std::int64_t>()).second);
      open[e.at("id")] = {e.at("name"), rows[row], ""};
    } else {
      REQUIRE(phase == "f");
      REQUIRE(e.at("bp") == "e");
      const auto begun = open.find(e.at("id"));
      REQUIRE(begun != open.end());  // sent before it was received, and received once
      REQUIRE(begun->second.name == e.at("name"));
      begun->second.to = rows[row];
      seen.arrows.push_back(begun->second);
      open.erase(begun);
    }
  }
  REQUIRE(open.empty());
  return seen;
}

struct setup {
  unsigned workers;
  scheduler::placement place;
};

const std::vector<setup> setups{{1, scheduler::placement::adaptive},
                                {2, scheduler::placement::adaptive},
                                {3, scheduler::placement::spread}};

}  // namespace

TEST_CASE("every message of a pipeline is an arrow from its sender to its receiver") {
  for (const auto [workers, place] : setups) {
    for (const std::size_t capacity : {0U, 3U}) {
      INFO(workers << " workers, capacity " << capacity);
      trace t;
      graph g;
      channel& a = g.add_channel();
      channel& b = g.add_channel();
      add_buffer(b, capacity);
      std::vector<message> got;
      g.add_node("the \"first\"", {}, {&a}, [&] { return send_integers(output(a), 0, 100); });
      g.add_node("relay", {&a}, {&b}, [&] { return pass_on(input(a), output(b)); });
      g.add_node("last\\", {&b}, {}, [&] { return collect(input(b), got); });
      g.use_workers(workers, place);
      g.observe(t);
      CHECK(g.run().how == outcome::kind::deadlocked);
      CHECK(got.size() == 100);
      const reading seen = read(written(t, g.names()));
      CHECK(seen.steps.size() == 3);
      std::map<std::string, int> arrows;
      for (const arrow& one : seen.arrows) {
        CHECK(one.name == (one.from == "relay" ? "relay:out[0] -> last\\:in[0]"
                                               : "the \"first\":out[0] -> relay:in[0]"));
        ++arrows[one.from + " to " + one.to];
      }
      CHECK(arrows ==
            std::map<std::string, int>{{"the \"first\" to relay", 100}, {"relay to last\\", 100}});
      CHECK_FALSE(seen.instants.contains("sent, not taken"));
    }
  }
}

TEST_CASE("selects, receives of several and sends to several are arrows too") {
  for (const auto [workers, place] : setups) {
    INFO(workers << " workers");
    trace t;
    graph g;
    const std::vector<channel*> in = add_channels(g, 3);
    const std::vector<channel*> out = add_channels(g, 2);
    selector& which = add_selector(g, in);
    for (channel* c : in)
      g.add_node("sender", {}, {c}, [&] { return send_integers(output(*c), 0, 20); });
    g.add_node("merge", in, out, [&] {
      return [](selector& from, std::span<channel* const> to) -> node_task {
        for (;;) {
          const selected one = co_await from.select();
          co_await send_all(to, one.value);
        }
      }(which, out);
    });
    g.add_node("pair", {out[0], out[1]}, {}, [&] {
      return [](input left, input right) -> node_task {
        for (;;) co_await receive_both(left, right);
      }(input(*out[0]), input(*out[1]));
    });
    g.use_workers(workers, place);
    g.observe(t);
    CHECK(g.run().how == outcome::kind::deadlocked);
    const reading seen = read(written(t, g.names()));
    std::map<std::string, int> arrows;
    for (const arrow& one : seen.arrows) ++arrows[one.from + " to " + one.to];
    CHECK(arrows == std::map<std::string, int>{{"sender to merge", 60}, {"merge to pair", 120}});
    REQUIRE(seen.instants.contains("waits to select"));
  }
}

TEST_CASE("a message that nobody takes is no arrow, and who waits says for what") {
  trace t;
  graph g;
  channel& c = g.add_channel();
  channel& never = g.add_channel();
  g.add_node("sender", {}, {&c}, [&] { return send_integers(output(c), 0, 1); });
  g.add_node("elsewhere", {&never, &c}, {}, [&] { return receive_once(input(never)); });
  g.observe(t);
  CHECK(g.run().how == outcome::kind::deadlocked);
  const reading seen = read(written(t, g.names()));
  CHECK(seen.arrows.empty());
  REQUIRE(seen.instants.at("sent, not taken").size() == 1);
  REQUIRE(seen.instants.at("waits to send").size() == 1);
  CHECK(seen.instants.at("waits to send")[0].at("args") ==
        json{{"port", "sender:out[0]"}, {"other end", "elsewhere:in[1]"}});
  CHECK(seen.instants.at("waits to receive")[0].at("args") ==
        json{{"port", "elsewhere:in[0]"}, {"other end", "outside"}});
}

TEST_CASE("a trace that has dropped events is still sound, and says how many it lacks") {
  for (const auto [workers, place] : setups) {
    for (const std::size_t room : {1U, 10U, 100U, 500U}) {
      INFO(workers << " workers, room for " << room);
      trace t(room);
      graph g;
      channel& a = g.add_channel();
      channel& b = g.add_channel();
      std::vector<message> got;
      g.add_node("first", {}, {&a}, [&] { return send_integers(output(a), 0, 1000); });
      g.add_node("relay", {&a}, {&b}, [&] { return pass_on(input(a), output(b)); });
      g.add_node("last", {&b}, {}, [&] { return collect(input(b), got); });
      g.use_workers(workers, place);
      g.observe(t);
      g.run();
      const json file = written(t, g.names());
      CHECK(t.dropped() > 0);
      CHECK(file.at("otherData").at("dropped_events") == t.dropped());
      const reading seen = read(file);
      CHECK(seen.arrows.size() <= room);
    }
  }
}

TEST_CASE("an empty run and a writer that gives up") {
  trace t;
  graph g;
  g.observe(t);
  g.run();
  CHECK(read(written(t, g.names())).steps.empty());

  trace full;
  graph busy;
  channel& c = busy.add_channel();
  std::vector<message> got;
  busy.add_node("a", {}, {&c}, [&] { return send_integers(output(c), 0, 10'000); });
  busy.add_node("b", {&c}, {}, [&] { return collect(input(c), got); });
  busy.observe(full);
  busy.run();
  int pieces = 0;
  write_chrome_trace(full, busy.names(), [&pieces](std::string_view) { return ++pieces < 2; });
  CHECK(pieces == 2);
}
