#include <unistd.h>

#include <climits>
#include <filesystem>

#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"

using nevaperf::runtime::environment;
using nevaperf::runtime::text_sink;
using nevaperf::runtime::variable_table;
using nevaperf::tests::run_node;

TEST_CASE("os_exit ends the program with its status") {
  CHECK(run_node("os_exit", "code 0") == "exited 0");
  CHECK(run_node("os_exit", "code 3 4") == "exited 3");
  CHECK(run_node("os_exit", "code 258") == "exited 2");  // the lower 8 bits
}

TEST_CASE("os_exit refuses negative and other values") {
  CHECK(run_node("os_exit", "code -1") ==
        "failed at node: os_exit: the exit status must not be negative, got -1");
  CHECK(run_node("os_exit", "code true") == "failed at in:code: expected an int, got a bool true");
}

TEST_CASE("numbers of the process") {
  CHECK(run_node("os_getpid", "sig ()") == "res " + std::to_string(getpid()));
  CHECK(run_node("os_getppid", "sig () ()") ==
        "res " + std::to_string(getppid()) + " " + std::to_string(getppid()));
}

TEST_CASE("names around the process") {
  char name[HOST_NAME_MAX + 1] = {};
  REQUIRE(gethostname(name, sizeof name) == 0);
  CHECK(run_node("os_hostname", "sig ()") == "res \"" + std::string(name) + "\"");
  CHECK(run_node("os_executable", "sig ()") ==
        "res \"" + std::filesystem::read_symlink("/proc/self/exe").string() + "\"");
}

TEST_CASE("os_getwd prefers $PWD if that is the working directory") {
  const std::string here = std::filesystem::current_path().string();
  const auto with_pwd = [](const std::string& pwd) {
    environment world{.out = text_sink::collecting(), .variables = variable_table({"PWD=" + pwd})};
    return run_node("os_getwd", "sig ()", {.world = &world});
  };
  CHECK(run_node("os_getwd", "sig ()") == "res \"" + here + "\"");
  CHECK(with_pwd("/proc/self/cwd") == "res \"/proc/self/cwd\"");
  CHECK(with_pwd("/") == "res \"" + here + "\"");
  CHECK(with_pwd(".") == "res \"" + here + "\"");
}
