#include "core/store/baseline_store.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/example_run.hpp"
#include "tests/support/memory_files.hpp"

using namespace nevaperf;
using namespace nevaperf::store;

TEST_CASE("baselines are kept by name") {
  tests::memory_files files;
  baseline_store store(files, state_dir("s"));
  const model::run data = tests::example_run();
  REQUIRE(store.save("main", "2024-05-02T08:00:00Z", data));
  REQUIRE(store.save("v1", "2024-05-03T08:00:00Z", data));
  REQUIRE(store.save("main", "2024-05-04T08:00:00Z", data));
  CHECK(*store.names() == std::vector<std::string>{"main", "v1"});
  const auto loaded = store.load("main");
  REQUIRE(loaded);
  CHECK(loaded->saved == "2024-05-04T08:00:00Z");
  CHECK(loaded->run == data);
  REQUIRE(store.remove("main"));
  CHECK(*store.names() == std::vector<std::string>{"v1"});
}

TEST_CASE("profiles are kept with a baseline and go with it") {
  tests::memory_files files;
  baseline_store store(files, state_dir("s"));
  const model::run data = tests::example_run();
  REQUIRE(store.save("main", "t", data, {{"cpu.pb.gz", "one"}, {"heap.json", "two"}}));
  CHECK(*store.names() == std::vector<std::string>{"main"});
  auto loaded = store.load("main");
  REQUIRE(loaded);
  REQUIRE(loaded->profiles.size() == 2);
  CHECK(loaded->profiles[1].name == "heap.json");
  CHECK(files.files.at(store.profile_path("main", loaded->profiles[1])) == "two");
  // Saving again replaces all of it.
  REQUIRE(store.save("main", "t", data, {{"cpu.pb.gz", "three"}}));
  loaded = store.load("main");
  REQUIRE(loaded->profiles.size() == 1);
  CHECK(files.files.at(store.profile_path("main", loaded->profiles[0])) == "three");
  CHECK(files.files.size() == 2);
  REQUIRE(store.save("main", "t", data));
  CHECK(store.load("main")->profiles.empty());
  CHECK(files.files.size() == 1);
  REQUIRE(store.save("main", "t", data, {{"cpu.pb.gz", "x"}}));
  REQUIRE(store.remove("main"));
  CHECK(files.files.empty());
}

TEST_CASE("a disk that fills up while saving leaves the old baseline and its profiles whole") {
  for (const int good_writes : {0, 1, 2}) {
    tests::memory_files files;
    baseline_store store(files, state_dir("s"));
    model::run data = tests::example_run();
    REQUIRE(store.save("main", "old", data, {{"a.pb", "old a"}, {"b.pb", "old b"}}));
    const auto before = files.files;
    files.fail_writes_with = ENOSPC;
    files.good_writes = good_writes;
    data.id = "another";
    const auto saved = store.save("main", "new", data, {{"a.pb", "new a"}, {"b.pb", "new b"}});
    REQUIRE_FALSE(saved);
    CHECK(saved.error().line().find("No space left") != std::string::npos);
    CHECK(files.files == before);
  }
}

TEST_CASE("profiles that cannot be kept") {
  tests::memory_files files;
  baseline_store store(files, state_dir("s"));
  const model::run data = tests::example_run();
  CHECK_FALSE(store.save("main", "t", data, {{"a.pb", ""}, {"a.pb", ""}}));
  CHECK_FALSE(store.save("main", "t", data, {{"../a.pb", ""}}));
  CHECK(files.files.empty());
}

TEST_CASE("an unknown baseline is an error that names the known ones") {
  tests::memory_files files;
  baseline_store store(files, state_dir("s"));
  CHECK(store.load("main").error().line() ==
        "s/baselines: no baseline 'main' (nevaperf bench --save main makes it)");
  REQUIRE(store.save("v1", "", tests::example_run()));
  REQUIRE(store.save("v2", "", tests::example_run()));
  CHECK(store.load("main").error().next == "there are: v1, v2");
  CHECK_FALSE(store.remove("main"));
  CHECK_FALSE(store.load("../v1"));
  CHECK_FALSE(store.save("a/b", "", tests::example_run()));
  files.files["s/baselines/v1.json"] = "{";
  CHECK(store.load("v1").error().where == "s/baselines/v1.json");
}
