#include "core/store/journal.hpp"

#include <cerrno>

#include "tests/support/catch.hpp"
#include "tests/support/memory_files.hpp"

using namespace nevaperf;
using namespace nevaperf::store;

namespace {

model::run_plan example_plan() {
  model::run_plan plan;
  plan.id = "id";
  plan.arguments = {"bench"};
  plan.scenarios = {"hop", "ring"};
  return plan;
}

model::process_result example_result(const std::string& scenario, std::uint32_t process) {
  model::process_result result;
  result.scenario = scenario;
  result.process = process;
  result.values["sec/op"] = {1e-8, 1.1e-8};
  return result;
}

// A journal with two results.
void fill(tests::memory_files& files) {
  auto log = journal::begin(files, "j", example_plan());
  REQUIRE(log);
  REQUIRE(log->record(example_result("hop", 0)));
  REQUIRE(log->record(example_result("ring", 0)));
}

}  // namespace

TEST_CASE("a journal holds the plan and every result, each synced") {
  tests::memory_files files;
  fill(files);
  CHECK(files.synced_appends == 3);
  const auto content = read_journal(files, "j");
  REQUIRE(content);
  CHECK(content->plan == example_plan());
  CHECK(content->results == std::vector{example_result("hop", 0), example_result("ring", 0)});
  CHECK_FALSE(content->torn);
}

TEST_CASE(
    "a journal cut off anywhere behind its plan loses the torn line only, says so, and goes on") {
  tests::memory_files whole;
  fill(whole);
  const std::string text = whole.files["j"];
  const std::size_t plan_bytes = text.find('\n') + 1;
  const std::size_t first_bytes = text.find('\n', plan_bytes) + 1;
  for (std::size_t size = 0; size <= text.size(); ++size) {
    INFO("cut to " << size);
    tests::memory_files files;
    files.files["j"] = text.substr(0, size);
    auto resumed = resume_journal(files, "j");
    REQUIRE(static_cast<bool>(resumed) == (size >= plan_bytes));
    if (!resumed) continue;
    const std::size_t kept = size == text.size() ? 2 : size >= first_bytes ? 1 : 0;
    REQUIRE(resumed->content.results.size() == kept);
    const bool on_a_break = size == plan_bytes || size == first_bytes || size == text.size();
    REQUIRE(resumed->content.torn.has_value() == !on_a_break);
    REQUIRE(resumed->going_on.record(example_result("hop", 7)));
    const auto after = read_journal(files, "j");
    REQUIRE(after);
    REQUIRE(after->results.size() == kept + 1);
    REQUIRE(after->results.back().process == 7);
  }
}

TEST_CASE("a broken line in the middle is an error with its number") {
  tests::memory_files files;
  fill(files);
  std::string& text = files.files["j"];
  text.insert(text.find('\n') + 1, "oops\n");
  CHECK(read_journal(files, "j").error().where.starts_with("j:2: "));
  text.replace(text.find("oops"), 4, R"({"scenario":7})");
  CHECK(read_journal(files, "j").error().line() == "j:2: /scenario: expected a string, found 7");
  files.files["j"] = "{}\n";
  CHECK(read_journal(files, "j").error().line() == "j:1: /schema: missing");
  files.files["j"] = "";
  CHECK(read_journal(files, "j").error().what == "the journal has no plan");
  CHECK_FALSE(read_journal(files, "none"));
}

TEST_CASE("the same process twice is refused") {
  tests::memory_files files;
  auto log = journal::begin(files, "j", example_plan());
  REQUIRE(log->record(example_result("hop", 0)));
  REQUIRE(log->record(example_result("hop", 0)));
  CHECK(read_journal(files, "j").error().what == "process 0 of 'hop' is recorded twice");
}

TEST_CASE("a journal that is there is not overwritten") {
  tests::memory_files files;
  fill(files);
  CHECK(journal::begin(files, "j", example_plan()).error().next ==
        "go on with --resume, or remove it");
}

TEST_CASE("after a full disk the journal goes on without a broken line") {
  tests::memory_files files;
  auto log = journal::begin(files, "j", example_plan());
  REQUIRE(log->record(example_result("hop", 0)));
  files.fail_writes_with = ENOSPC;
  CHECK_FALSE(log->record(example_result("hop", 1)));
  files.files["j"] += R"({"scenario":"ho)";  // what got onto the disk
  files.fail_writes_with = 0;
  REQUIRE(log->record(example_result("hop", 2)));
  const auto content = read_journal(files, "j");
  REQUIRE(content);
  CHECK(content->results.size() == 2);
  REQUIRE(log->remove());
  CHECK_FALSE(files.exists("j"));
}

TEST_CASE("the newest journal of a folder is found by its id") {
  tests::memory_files files;
  CHECK(*newest_journal(files, "r") == std::nullopt);
  files.files["r/20240501T120000Z-1.journal"] = "";
  files.files["r/20240601T120000Z-0.journal"] = "";
  files.files["r/20240701T120000Z-0.json"] = "";
  CHECK(*newest_journal(files, "r") == "r/20240601T120000Z-0.journal");
}
