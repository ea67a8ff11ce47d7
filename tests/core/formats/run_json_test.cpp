#include "core/formats/run_json.hpp"

#include <limits>
#include <nlohmann/json.hpp>
#include <random>

#include "tests/support/catch.hpp"
#include "tests/support/example_run.hpp"

using namespace nevaperf;
using formats::read_run;
using formats::write_run;
using nlohmann::json;

namespace {

std::string example_text() {
  return *write_run(tests::example_run());
}

// The error of reading the example after one change.
std::string error_after(const std::string& pointer, const json& value) {
  json document = json::parse(example_text());
  document[json::json_pointer(pointer)] = value;
  const auto got = read_run(document.dump());
  return got ? "" : got.error().line();
}

}  // namespace

TEST_CASE("a run comes back from its file as it was") {
  const model::run before = tests::example_run();
  const auto after = read_run(example_text());
  REQUIRE(after);
  CHECK(*after == before);
  model::run empty;
  CHECK(*read_run(*write_run(empty)) == empty);
}

TEST_CASE("the shape is the one that the command line promises") {
  const json document = json::parse(example_text());
  CHECK(document["schema"] == "nevaperf.run/1");
  CHECK(document["environment"]["cores"] == 2);
  CHECK_FALSE(document["environment"].contains("governor"));
  const json& hop = document["scenarios"][0];
  CHECK(hop["name"] == "hop");
  CHECK(hop["metrics"]["sec/op"]["median"] == 1.23e-8);
  CHECK(hop["metrics"]["sec/op"]["ci"] == json::array({1.2e-8, 1.26e-8}));
  CHECK(hop["metrics"]["sec/op"]["samples"] == json::array({1.2e-8, 1.23e-8, 1.26e-8}));
  CHECK(hop["metrics"]["sec/op"]["processes"] == json::array({0, 2, 3}));
  CHECK_FALSE(hop["metrics"]["B/op"].contains("processes"));
  CHECK(hop["warnings"][0]["next"] == "give --time 5");
  CHECK(document["scenarios"][1]["status"] == "crashed");
  CHECK(example_text().starts_with("{\"schema\":\"nevaperf.run/1\",\n"));
}

TEST_CASE(
    "what another tool wrote by the promised shape alone is not enough, and what is missing is "
    "named") {
  CHECK(read_run(R"({"schema":"nevaperf.run/1","environment":{},"scenarios":[]})").error().line() ==
        "/id: missing");
}

TEST_CASE("unknown members are ignored") {
  CHECK(error_after("/future", json::object()).empty());
  CHECK(error_after("/scenarios/0/metrics/sec~1op/future", 1).empty());
}

TEST_CASE("another schema or version is refused by name") {
  CHECK(error_after("/schema", "nevaperf.run/2") ==
        "/schema: version 'nevaperf.run/2' is not known, only 'nevaperf.run/1'; use the nevaperf "
        "that "
        "wrote it");
  CHECK(error_after("/schema", "nevaperf.compare/1") ==
        "/schema: this is 'nevaperf.compare/1', not 'nevaperf.run/1'");
  CHECK(error_after("/schema", 1) == "/schema: expected a string, found 1");
  CHECK(read_run("[]").error().line() == "expected an object, found an array of 0");
}

TEST_CASE("wrong types and broken invariants have their place") {
  const std::string metric = "/scenarios/0/metrics/sec~1op";
  CHECK(error_after(metric + "/median", "x") ==
        metric + "/median: expected a finite number, found \"x\"");
  CHECK(error_after(metric + "/ci", json::array({1})) ==
        metric + "/ci: expected an array of 2, found an array of 1");
  CHECK(error_after(metric + "/ci/0", 1) ==
        metric + "/ci: the interval does not contain the median");
  CHECK(error_after(metric + "/confidence", 1.5) == metric + "/confidence: not between 0 and 1");
  CHECK(error_after(metric + "/n", 4) == metric + "/n: not the number of samples");
  CHECK(error_after(metric + "/samples/1", nullptr) ==
        metric + "/samples/1: expected a finite number, found null");
  CHECK(error_after(metric + "/processes/1", 0) == metric + "/processes/1: the same process twice");
  CHECK(error_after(metric + "/processes/1", 5'000'000'000) ==
        metric + "/processes/1: expected a whole number from 0 to 4294967295, found 5000000000");
  CHECK(error_after(metric + "/processes", json::array({0})) ==
        metric + "/processes: expected an array of 3, found an array of 1");
  CHECK(error_after(metric + "/slices/0", json::array({1})) ==
        metric + "/slices/0: expected an array of 2, found an array of 1");
  CHECK(error_after("/scenarios/0/status", "great")
            .starts_with("/scenarios/0/status: unknown status"));
  CHECK(error_after("/scenarios/0/failure", "but why").starts_with("/scenarios/0: a failure text"));
  CHECK(error_after("/scenarios/1/failure", "").starts_with("/scenarios/1: a failure text"));
  CHECK(error_after("/scenarios/1/name", "hop") == "/scenarios/1: scenario 'hop' appears twice");
  CHECK(error_after("/scenarios/1/name", "") == "/scenarios/1/name: a scenario needs a name");
  CHECK(error_after("/environment/cores", -1)
            .starts_with("/environment/cores: expected a whole number"));
  CHECK(error_after("/environment/aslr", "yes") ==
        "/environment/aslr: expected true or false, found \"yes\"");
  CHECK(error_after("/warnings", 3) == "/warnings: expected an array, found 3");
}

TEST_CASE("a value that is not finite is not written") {
  for (const double value :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    for (const auto spoil : {+[](model::metric& m, double v) { m.median = v; },
                             +[](model::metric& m, double v) { m.ci.high = v; },
                             +[](model::metric& m, double v) { m.samples[1].value = v; },
                             +[](model::metric& m, double v) { m.slices[1].value = v; }}) {
      model::run data = tests::example_run();
      spoil(data.scenarios[0].metrics["sec/op"], value);
      const auto written = write_run(data);
      REQUIRE_FALSE(written);
      CHECK(written.error().where == "scenario 'hop'");
    }
    model::run data = tests::example_run();
    data.environment.load = value;
    CHECK_FALSE(write_run(data));
  }
}

TEST_CASE("text that is no UTF-8 does not break the file") {
  model::run data = tests::example_run();
  data.scenarios[1].failure = "said \xff\xfe and \n died";
  const auto written = write_run(data);
  REQUIRE(written);
  CHECK(read_run(*written));
}

TEST_CASE("a file that was cut off anywhere is refused and says so") {
  const std::string text = example_text();
  const std::size_t document_bytes = text.find_last_of('}') + 1;
  for (std::size_t size = 1; size < document_bytes; ++size) {
    const auto got = read_run(std::string_view(text).substr(0, size));
    INFO("cut to " << size << " of " << document_bytes);
    REQUIRE_FALSE(got);
    REQUIRE(got.error().what == "the file ends in the middle of its JSON");
  }
}

TEST_CASE("no change of bytes or values crashes the reader; what it accepts can be written again") {
  const std::string original = example_text();
  std::mt19937_64 random(7);
  const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
  int accepted = 0;
  for (int i = 0; i < 4000; ++i) {
    std::string text = original;
    for (std::size_t edits = 1 + below(4); edits > 0; --edits) {
      const std::size_t at = below(text.size());
      switch (below(5)) {
        case 0:
          text[at] = static_cast<char>(random());
          break;
        case 1:
          text.erase(at, 1 + below(20));
          break;
        case 2:
          text.insert(at, text.substr(below(text.size()), below(30)));
          break;
        case 3:
          text[at] = "{}[],:\"0-.eE"[below(12)];
          break;
        default:
          text.insert(at, 1, "\\\"[{\0\n9"[below(7)]);
          break;
      }
    }
    if (const auto got = read_run(text)) {
      ++accepted;
      const auto again = write_run(*got);
      REQUIRE(again);
      REQUIRE(*read_run(*again) == *got);
    }
  }
  CHECK(accepted > 0);  // else the changes are too wild to test anything behind the parser
}

TEST_CASE("no value of a wrong type crashes the reader") {
  const json original = json::parse(example_text());
  const std::vector<json> strangers = {nullptr,
                                       true,
                                       -1,
                                       1e308,
                                       "text",
                                       json::array(),
                                       json::object(),
                                       json::array({json::array({1})}),
                                       18446744073709551615ULL};
  const json flat = original.flatten();
  for (auto at = flat.begin(); at != flat.end(); ++at) {
    for (json::json_pointer place(at.key()); !place.empty(); place.pop_back()) {
      for (const json& stranger : strangers) {
        json changed = original;
        changed[place] = stranger;
        const auto got = read_run(changed.dump());
        if (!got) REQUIRE_FALSE(got.error().what.empty());
        json removed = original;
        json::json_pointer parent = place.parent_pointer();
        if (removed[parent].is_object()) removed[parent].erase(place.back());
        (void)read_run(removed.dump());
      }
    }
  }
}
