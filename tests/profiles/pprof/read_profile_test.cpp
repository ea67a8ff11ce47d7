#include "profiles/pprof/read_profile.hpp"

#include "profiles/pprof/gzip.hpp"
#include "profiles/pprof/proto_writer.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::profiles;

TEST_CASE("folded stacks: root first, names with blanks, equal lines summed") {
  const auto read = read_profile(
      "main;operator new(unsigned long) 3\n\nmain 4\r\nmain;operator new(unsigned long) 1\n");
  REQUIRE(read);
  CHECK(totals(*read) == std::vector<std::int64_t>{8});
  CHECK(read->samples.size() == 2);
  const location& leaf = read->locations[read->stacks[0].index()];
  CHECK(read->text(read->functions[leaf.lines[0].function.index()].name) ==
        "operator new(unsigned long)");
}

TEST_CASE("each kind is recognised inside gzip too") {
  const auto folded = read_profile(pack_gzip("main;f 3\n"));
  REQUIRE(folded);
  const auto proto = read_profile(write_packed_proto(*folded));
  REQUIRE(proto);
  CHECK(*proto == *folded);
}

TEST_CASE("what is no profile is refused") {
  CHECK(read_profile("").error().what == "the file is empty");
  for (const char* text : {"hello", "{\"a\": 1}",
                           "\x7f"
                           "ELF\x02\x01",
                           "\x1f\x8b", "int main() {}\n"}) {
    const auto read = read_profile(text);
    REQUIRE_FALSE(read);
    CHECK(read.error().line().find('\n') == std::string::npos);
  }
}
