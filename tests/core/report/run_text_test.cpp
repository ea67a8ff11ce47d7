#include "core/report/run_text.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/example_run.hpp"

using namespace nevaperf;

TEST_CASE("a run is a table with what failed below it") {
  CHECK(report::run_table(tests::example_run(), false) ==
        "scenario   time/op      ±  allocs/op  B/op  messages/s\n"
        "hop        12.3 ns  ±2.4%          0  64 B    81.3 M/s\n"
        "fan_in/16  crashed\n"
        "\n"
        "fan_in/16: crashed: killed by SIGSEGV (segmentation fault)\n");
}

TEST_CASE("what is not known is not shown") {
  model::run data;
  model::scenario one;
  one.name = "once";
  one.metrics["sec/op"] = tests::exact_metric(0.5);
  data.scenarios = {one};
  CHECK(report::run_table(data, false) ==
        "scenario  time/op  ±  allocs/op  B/op  messages/s\n"
        "once       500 ms  ~          ~     ~           ~\n");
}

TEST_CASE("doubts name their scenarios and the next step, equal ones once") {
  model::run data = tests::example_run();
  CHECK(report::run_doubts(data, false) ==
        "warning: the CPU governor is not known (see nevaperf doctor)\n"
        "warning: hop: 3 samples do not reach 95% (give --time 5)\n");
  for (const char* name : {"b", "c", "d", "e"}) {
    model::scenario copy = data.scenarios[0];
    copy.name = name;
    data.scenarios.push_back(copy);
  }
  CHECK(report::run_doubts(data, false) ==
        "warning: the CPU governor is not known (see nevaperf doctor)\n"
        "warning: hop, b, c and 2 more: 3 samples do not reach 95% (give --time 5)\n");
  data.scenarios[1].warnings = {{"noisy", "the samples scatter", "close other programs"}};
  CHECK(report::run_doubts(data, false)
            .ends_with("warning: fan_in/16: the samples scatter (close other programs)\n"));
  CHECK(report::run_doubts(model::run(), false).empty());
}

TEST_CASE("names from elsewhere cannot drive the terminal") {
  model::run data = tests::example_run();
  data.scenarios[1].name = "evil\x1b[2J";
  data.scenarios[1].failure = "two\nlines";
  const std::string text = report::run_table(data, false);
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.ends_with("evil?[2J: crashed: two lines\n"));
}

TEST_CASE("colour marks failures and warnings, only when asked for") {
  const model::run data = tests::example_run();
  CHECK(report::run_table(data, true).find("\x1b[31mcrashed\x1b[0m") != std::string::npos);
  CHECK(report::run_doubts(data, true).starts_with("\x1b[33mwarning:\x1b[0m the CPU"));
  CHECK(report::run_table(data, false).find('\x1b') == std::string::npos);
}
