#include <fstream>

#include "runtime/nodes/dotenv_text.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"
#include "tests/support/temporary_folder.hpp"

using nevaperf::runtime::environment;
using nevaperf::runtime::parse_dotenv;
using nevaperf::runtime::text_sink;
using nevaperf::runtime::variable_table;
using nevaperf::tests::run_node;
using nevaperf::tests::temporary_folder;

namespace {

// "key=[value]" each, or the error.
std::string parsed(std::string_view text) {
  const auto entries = parse_dotenv(text);
  if (!entries) return entries.error().what;
  std::string all;
  for (const auto& [key, value] : *entries) all += key + "=[" + value + "]";
  return all;
}

}  // namespace

TEST_CASE("lines of a .env file") {
  CHECK(parsed("") == "");
  CHECK(parsed("\xef\xbb\xbf"
               "A=1\r\n\n  # comment\nexport B = two words \nexport=x\nC=") ==
        "A=[1]B=[two words]C=[]export=[x]");
  CHECK(parsed("A=1\nA=2") == "A=[2]");
  CHECK(parsed("A=b=c") == "A=[b=c]");
}

TEST_CASE("quotes and escapes") {
  CHECK(parsed(R"(A="x\n\t\"\\\$\q y")") == "A=[x\n\t\"\\$q y]");
  CHECK(parsed(R"(A="\r\b\f\v")") == "A=[\r\b\f\v]");
  CHECK(parsed(R"(A='it\'s \n')") == "A=[it's \\n]");
  CHECK(parsed(R"(A=it's)") == "A=[it's]");
  CHECK(parsed("A=\"\"\nB=''") == "A=[]B=[]");
}

TEST_CASE("comments after values") {
  CHECK(parsed("A=1 # x") == "A=[1]");
  CHECK(parsed("A=1#x") == "A=[1#x]");
  CHECK(parsed("A=# x") == "A=[]");
  CHECK(parsed("A=\"a # b\" # c") == "A=[a # b]");
  CHECK(parsed("A='a # b'\t#c") == "A=[a # b]");
  CHECK(parsed(R"(A="a \" # b" # c)") == R"(A=[a " # b])");
}

TEST_CASE("bad lines are named") {
  CHECK(parsed("A=1\nB") == "line 2: missing '='");
  CHECK(parsed("\n\n =x") == "line 3: missing key");
  CHECK(parsed("A=\"x") == "line 1: unterminated double-quoted value");
  CHECK(parsed("A=\"x\" y") == "line 1: unterminated double-quoted value");
  CHECK(parsed("A='") == "line 1: unterminated single-quoted value");
  CHECK(parsed("A=\"x\\\"") == "line 1: unterminated escape sequence");
}

TEST_CASE("dotenv_load_from sets what is not set yet") {
  const temporary_folder f;
  std::ofstream(f / "vars") << "A=new\nB=x\nB=y\n";
  environment world{.out = text_sink::collecting(), .variables = variable_table({"A=old"})};
  const std::string data = "data \" " + (f / "vars") + " \"";
  CHECK(run_node("dotenv_load_from", data, {.world = &world}) == "res ()");
  CHECK(world.variables.entries() == std::vector<std::string>{"A=old", "B=y"});
  CHECK(run_node("dotenv_load_from_override", data, {.world = &world}) == "res ()");
  CHECK(world.variables.entries() == std::vector<std::string>{"A=new", "B=y"});
}

TEST_CASE("dotenv: errors set nothing") {
  const temporary_folder f;
  std::ofstream(f / "bad") << "A=1\nB";
  std::ofstream(f / "zero") << std::string("A\0=1", 4);
  environment world = environment::for_tests();
  CHECK(run_node("dotenv_load_from",
                 "data \"" + (f / "bad") + "\" \"" + (f / "zero") + "\" \"/none\" \"/\"",
                 {.world = &world}) ==
        "err !\"line 2: missing '='\" !\"set \\\"A\\\\x00\\\": setenv: invalid argument\" !\"open "
        "/none: no such file or directory\" !\"read /: is a directory\"");
  CHECK(world.variables.entries().empty());
}

TEST_CASE("dotenv_load reads .env of the working directory") {
  const temporary_folder f;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(f.path());
  environment world{.out = text_sink::collecting(), .variables = variable_table({"A=old"})};
  CHECK(run_node("dotenv_load", "sig ()", {.world = &world}) ==
        "err !\"open .env: no such file or directory\"");
  std::ofstream(".env") << "A=new";
  CHECK(run_node("dotenv_load", "sig ()", {.world = &world}) == "res ()");
  CHECK(world.variables.find("A") == "old");
  CHECK(run_node("dotenv_load_override", "sig ()", {.world = &world}) == "res ()");
  CHECK(world.variables.find("A") == "new");
  CHECK(run_node("dotenv_load_from", "data \"  \"", {.world = &world}) == "res ()");
  std::filesystem::current_path(before);
}
