#include "core/store/run_store.hpp"

#include <cerrno>

#include "tests/support/catch.hpp"
#include "tests/support/example_run.hpp"
#include "tests/support/memory_files.hpp"

using namespace nevaperf;
using namespace nevaperf::store;

TEST_CASE("a run is saved under its id and loaded again") {
  tests::memory_files files;
  run_store store(files, state_dir("s"));
  const model::run data = tests::example_run();
  const auto path = store.save(data);
  REQUIRE(path);
  CHECK(*path == "s/runs/20240501T120000Z-3f9a.json");
  CHECK(*store.load(data.id) == data);
  files.files["s/runs/other.journal"] = "";
  CHECK(*store.ids() == std::vector<std::string>{data.id});
}

TEST_CASE("troubles with run files carry path and place") {
  tests::memory_files files;
  run_store store(files, state_dir("s"));
  CHECK(store.load("none").error().line() ==
        "s/runs/none.json: cannot open: No such file or directory (check the path)");
  files.files["s/runs/bad.json"] = R"({"schema":"nevaperf.run/1","id":7})";
  CHECK(store.load("bad").error().line() == "s/runs/bad.json: /id: expected a string, found 7");
  CHECK_FALSE(store.load("../../etc/passwd"));
  model::run data = tests::example_run();
  data.id = "a/b";
  CHECK_FALSE(store.save(data));
  data.id = "fine";
  files.fail_writes_with = ENOSPC;
  CHECK(store.save(data).error().next == "free some space");
  CHECK_FALSE(files.exists("s/runs/fine.json"));
}

TEST_CASE("run ids sort by time and can be names") {
  constexpr std::int64_t second_ns = 1'000'000'000;
  const std::string id = make_run_id(1'714'564'800 * second_ns, 0xabcdef);
  CHECK(id == "20240501T120000Z-fedcba");
  CHECK(make_run_id(1'714'564'801 * second_ns, 0) > id);
  CHECK(make_run_id(0, 1) != make_run_id(0, 2));
  CHECK(check_name(id, "run id"));
}
