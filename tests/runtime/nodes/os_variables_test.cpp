#include <cstdlib>

#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"

using nevaperf::runtime::environment;
using nevaperf::runtime::text_sink;
using nevaperf::runtime::variable_table;
using nevaperf::tests::run_node;

namespace {

class program_world {
 public:
  explicit program_world(std::vector<std::string> variables)
      : world_{.out = text_sink::collecting(), .variables = variable_table(std::move(variables))} {}
  std::string run(std::string_view ref, std::string_view inputs) {
    return run_node(ref, inputs, {.world = &world_});
  }

 private:
  environment world_;
};

}  // namespace

TEST_CASE("variables are set, found and removed") {
  program_world p({"A=1", "B=x=y", "EMPTY=", "A=second", "=odd", "none"});
  CHECK(p.run("os_environ", "sig ()") == R"(res ["A=1", "B=x=y", "EMPTY="])");
  CHECK(p.run("os_getenv", R"(key "A" "B" "EMPTY" "C" "")") == R"(res "1" "x=y" "" "" "")");
  CHECK(p.run("os_lookup_env", R"(key "EMPTY" "C")") ==
        R"(res (exists: true, value: "") (exists: false, value: ""))");
  CHECK(p.run("os_setenv", R"(key "C" "A"; value "3" "")") == "res () ()");
  CHECK(p.run("os_environ", "sig ()") == R"(res ["A=", "B=x=y", "EMPTY=", "C=3"])");
  CHECK(p.run("os_unsetenv", R"(key "B" "nothing" "")") == "res () () ()");
  CHECK(p.run("os_environ", "sig ()") == R"(res ["A=", "EMPTY=", "C=3"])");
  CHECK(p.run("os_clearenv", "sig ()") == "res ()");
  CHECK(p.run("os_environ", "sig ()") == "res []");
}

TEST_CASE("os_setenv refuses what cannot be a variable") {
  program_world p({});
  CHECK(p.run("os_setenv", R"(key "" "a=b" "a\x00" "a"; value "" "" "" "\x00")") ==
        R"(err !"os.Setenv: setenv: invalid argument" !"os.Setenv: setenv: invalid argument" )"
        R"(!"os.Setenv: setenv: invalid argument" !"os.Setenv: setenv: invalid argument")");
  CHECK(p.run("os_environ", "sig ()") == "res []");
}

TEST_CASE("a program changes its own variables, not those of the process") {
  program_world p({});
  CHECK(p.run("os_setenv", R"(key "NEVAPERF_TEST_VARIABLE"; value "x")") == "res ()");
  CHECK(std::getenv("NEVAPERF_TEST_VARIABLE") == nullptr);
  CHECK(variable_table::of_process().find("PATH") == std::string(std::getenv("PATH")));
}

// Recorded with Go's os.ExpandEnv.
TEST_CASE("os_expand_env") {
  program_world p({"A=1", "ABC=xyz", "_=under", "1=one", "*=star"});
  const auto expanded = [&](const std::string& text) {
    return p.run("os_expand_env", "data \"" + text + "\"");
  };
  CHECK(expanded("$A ${ABC}$_") == "res \"1 xyzunder\"");
  CHECK(expanded("$ABCD|${nothing}|$x") == "res \"||\"");
  CHECK(expanded("$1A ${1} $* ${*}") == "res \"oneA one star star\"");
  CHECK(expanded("100$ $- $") == "res \"100$  $\"");
  CHECK(expanded("${} ${A") == "res \" A\"");
  CHECK(expanded("$é") == "res \"$é\"");
  CHECK(expanded("") == "res \"\"");
}

TEST_CASE("os_temp_dir") {
  CHECK(program_world({}).run("os_temp_dir", "sig ()") == "res \"/tmp\"");
  CHECK(program_world({"TMPDIR="}).run("os_temp_dir", "sig ()") == "res \"/tmp\"");
  CHECK(program_world({"TMPDIR=/x"}).run("os_temp_dir", "sig () ()") == R"(res "/x" "/x")");
}

TEST_CASE("keys and values are strings") {
  CHECK(run_node("os_getenv", "key 1") == "failed at in:key: expected a string, got an int 1");
  CHECK(run_node("os_setenv", "key \"a\"; value true") ==
        "failed at in:value: expected a string, got a bool true");
}
