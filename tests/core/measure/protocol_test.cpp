#include "core/measure/protocol.hpp"

#include "tests/support/catch.hpp"

using namespace nevaperf::measure;

TEST_CASE("what is written is read again") {
  const greeting hello{.tool = "0.1.0", .pid = 4711, .scenario = "pipeline/8"};
  CHECK(*read_greeting(write_greeting(hello)) == hello);
  const greeting newer{.tool = "2", .pid = 1, .scenario = "hop", .more = {"usage", "dance"}};
  CHECK(*read_greeting(write_greeting(newer)) == newer);
  for (const request& one :
       {request{request::kind::run, 1}, request{request::kind::count, 1024},
        request{request::kind::usage, 7}, request{request::kind::instructions, 8}}) {
    CHECK(*read_request(write_request(one)) == one);
  }
  const std::vector<answer> answers = {
      slice{.iterations = 3, .real_seconds = 1.5e-9, .cpu_seconds = 0.25, .items = 6},
      slice{.iterations = 1, .real_seconds = 0, .cpu_seconds = {}, .items = {}},
      allocation_counts{.operations = 5, .allocations = -1, .bytes = 1e12},
      system_usage{.operations = 9,
                   .voluntary_switches = 3,
                   .involuntary_switches = 1,
                   .peak_memory_bytes = 4096},
      system_usage{.operations = 9,
                   .voluntary_switches = 0,
                   .involuntary_switches = 0,
                   .peak_memory_bytes = {}},
      instruction_count{.operations = 64, .instructions = 12'800},
      no_counts{"why not"},
      scenario_failure{"line one\nline two \"quoted\" \xff"},
  };
  for (std::size_t i = 0; i + 1 < answers.size(); ++i) {
    CHECK(*read_answer(write_answer(answers[i])) == answers[i]);
  }
}

TEST_CASE("every message is one line, whatever it holds") {
  for (const std::string& text : {write_answer(scenario_failure{"a\nb\r\n\xff\x01"}),
                                  write_greeting({.tool = "x\ny", .pid = 1, .scenario = "a\nb"})}) {
    CHECK(text.find('\n') == text.size() - 1);
  }
}

TEST_CASE("greetings that are refused") {
  for (const char* line :
       {"", "hello", "[]", "{}", R"({"protocol":"nevaperf.worker/1"})",
        R"({"protocol":"nevaperf.worker/2","tool":"9","pid":1,"scenario":"hop"})",
        R"({"protocol":"nevaperf.worker/1","tool":"9","pid":-1,"scenario":"hop"})",
        R"({"protocol":"nevaperf.worker/1","tool":"9","pid":1,"scenario":"ho)"}) {
    INFO(line);
    CHECK_FALSE(read_greeting(line));
  }
}

TEST_CASE("another version is named") {
  const auto got =
      read_greeting(R"({"protocol":"nevaperf.worker/2","tool":"9","pid":1,"scenario":"hop"})");
  REQUIRE_FALSE(got);
  CHECK(got.error().line().find("nevaperf.worker/2") != std::string::npos);
}

TEST_CASE("requests that are refused") {
  for (const char* line : {"", "run", R"({"do":"run"})", R"({"do":"run","iterations":0})",
                           R"({"do":"run","iterations":-1})", R"({"do":"run","iterations":1.5})",
                           R"({"do":"dance","iterations":1})", R"({"iterations":1})"}) {
    INFO(line);
    CHECK_FALSE(read_request(line));
  }
}

TEST_CASE("answers that are refused") {
  for (const char* line :
       {"", "{}", "null", R"({"slice":{}})", R"({"slice":{"iterations":1,"real_seconds":1e-9)",
        R"({"slice":{"iterations":0,"real_seconds":1,"cpu_seconds":1}})",
        R"({"slice":{"iterations":1,"real_seconds":-1,"cpu_seconds":1}})",
        R"({"slice":{"iterations":1,"real_seconds":1e999,"cpu_seconds":1}})",
        R"({"slice":{"iterations":1,"real_seconds":null}})",
        R"({"counts":{"operations":0,"allocations":1,"bytes":1}})", R"({"counts":null})",
        R"({"usage":{"operations":0,"voluntary_switches":1,"involuntary_switches":1}})",
        R"({"usage":{"operations":1,"voluntary_switches":1}})", R"({"instructions":{"count":1}})",
        R"({"error":7})", R"({"what":"ever"})"}) {
    INFO(line);
    CHECK_FALSE(read_answer(line));
  }
}
