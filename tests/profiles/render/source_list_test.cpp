#include "profiles/render/source_list.hpp"

#include <array>

#include "profiles/model/profile_builder.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/memory_files.hpp"

using namespace nevaperf;
using namespace nevaperf::profiles;

namespace {

// main (line 20) -> work (line 3), work calls itself from line 4.
profile small() {
  profile_builder made;
  made.add_type("samples", "count");
  const auto function = [&](const char* name, const char* file) {
    return made.add_function({.name = made.text(name), .file = made.text(file)});
  };
  const function_id main = function("main", "/build/src/main.cpp");
  const function_id work = function("work", "/build/src/a/work.cpp");
  const auto at = [&](function_id f, std::int64_t number) {
    location l;
    l.address = 1 + static_cast<std::uint64_t>(number) + f.index() * 1000;
    l.lines = {{.function = f, .number = number}};
    return made.add_location(l);
  };
  made.add_sample(std::array{at(work, 3), at(main, 20)}, std::array<std::int64_t, 1>{6});
  made.add_sample(std::array{at(work, 3), at(work, 4), at(work, 4), at(main, 20)},
                  std::array<std::int64_t, 1>{4});
  return std::move(made).build();
}

std::string listed(const tests::memory_files& files, const source_places& places) {
  const auto text = list_text(small(), 0, 10, {.pattern = "^work$", .places = places}, files);
  REQUIRE(text);
  return *text;
}

const std::string with_source =
    "work: flat 10 (100%), cum 10 (100%)\n"
    "/build/src/a/work.cpp\n"
    "      flat        cum   line\n"
    "         .          .      1  one\n"
    "         .          .      2  two\n"
    "        10         10      3  three\n"
    "         .          4      4  four\n"
    "         .          .      5  five\n"
    "         .          .      6  six\n"
    "         .          .      7  seven\n";

}  // namespace

TEST_CASE("source is found by path, below folders, and with prefixes taken off") {
  const std::string source = "one\ntwo\nthree\r\nfour\nfive\nsix\nseven\neight\n";
  tests::memory_files files;
  CHECK(listed(files, {}) ==
        "work: flat 10 (100%), cum 10 (100%)\n"
        "source not found: /build/src/a/work.cpp (say where: --source-path DIR, --trim-path "
        "PREFIX)\n"
        "      flat        cum   line\n"
        "        10         10      3\n"
        "         .          4      4\n");
  files.files["/build/src/a/work.cpp"] = source;
  CHECK(listed(files, {}) == with_source);
  files.files.clear();
  files.files["here/a/work.cpp"] = source;
  CHECK(listed(files, {.folders = {"there", "here"}, .trims = {}}) == with_source);
  files.files.clear();
  files.files["here/work.cpp"] = source;
  CHECK(listed(files, {.folders = {"here"}, .trims = {"/build/src/a/"}}) == with_source);
}

TEST_CASE("a source that is shorter than the profile says is no trouble") {
  tests::memory_files files;
  files.files["/build/src/a/work.cpp"] = "\x1b[31mone\n";
  const std::string text = listed(files, {});
  CHECK(text.find("        10         10      3\n") != std::string::npos);
  CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("no function, or a bad pattern, is an error") {
  const tests::memory_files files;
  CHECK_FALSE(list_text(small(), 0, 10, {.pattern = "nothing", .places = {}}, files));
  CHECK_FALSE(list_text(small(), 0, 10, {.pattern = "(", .places = {}}, files));
  const auto one = list_text(small(), 0, 10, {.pattern = "", .rows = 1, .places = {}}, files);
  REQUIRE(one);
  CHECK(one->find("1 more functions match") != std::string::npos);
}
