#include "core/formats/baseline_json.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/example_run.hpp"

using namespace nevaperf;
using namespace nevaperf::formats;

TEST_CASE("a baseline comes back from its file as it was") {
  const baseline before{.name = "main",
                        .saved = "2024-05-02T08:00:00Z",
                        .run = tests::example_run(),
                        .profiles = {{"cpu.pb", "1-cpu.pb"}}};
  const auto text = write_baseline(before);
  REQUIRE(text);
  const auto after = read_baseline(*text);
  REQUIRE(after);
  CHECK(*after == before);
}

TEST_CASE("a baseline that is none is refused with the place") {
  const auto error_of = [](const char* text) { return read_baseline(text).error().line(); };
  CHECK(error_of(R"({"schema":"nevaperf.run/1"})") ==
        "/schema: this is 'nevaperf.run/1', not 'nevaperf.baseline/1'");
  CHECK(
      error_of(
          R"({"schema":"nevaperf.baseline/1","name":"x","saved":"y","run":{"schema":"nevaperf.run/9"}})")
          .starts_with("/run/schema: version 'nevaperf.run/9' is not known"));
  CHECK(error_of(R"({"schema":"nevaperf.baseline/1","name":"x","saved":"y"})") == "/run: missing");
  CHECK(error_of(R"({"schema":"nevaperf.baseline/1","name":"x","saved":"y",
                    "profiles":[{"name":"a","file":"../a"}]})") ==
        "/profiles/0/file: no plain file name");
  CHECK_FALSE(read_baseline(""));
}
