// Port addresses, as they stand in IR files.
#include "runtime/program/ir.hpp"
#include "tests/support/catch.hpp"

using nevaperf::runtime::ir_address;

TEST_CASE("addresses are taken apart") {
  struct expectation {
    const char* text;
    const char* node;
    const char* port;
    std::optional<std::size_t> slot;
    bool is_input;
  };
  const expectation all[] = {
      {"println/in:data", "println", "data", {}, true},
      {"wait/switch/out:case[0]", "wait/switch", "case", 0, false},
      {"a/in:x[255]", "a", "x", 255, true},
      {"in:start", "", "start", {}, true},
      {"out:stop", "", "stop", {}, false},
      {"/in:x", "", "x", {}, true},
      {"a/in/in:x", "a/in", "x", {}, true},
      {"a/out/in:x", "a/out", "x", {}, true},
      {"a:b/in:x", "a:b", "x", {}, true},
      {"\xc3\xa4/in:\xc3\xb6", "\xc3\xa4", "\xc3\xb6", {}, true},
  };
  for (const expectation& e : all) {
    INFO(e.text);
    const auto got = ir_address::parse(e.text);
    REQUIRE(got);
    CHECK(got->text == e.text);
    CHECK(got->node == e.node);
    CHECK(got->port == e.port);
    CHECK(got->slot == e.slot);
    CHECK(got->is_input == e.is_input);
  }
}

TEST_CASE("a text that is no address says why") {
  struct expectation {
    const char* text;
    const char* why;
  };
  const expectation all[] = {
      {"", "it has no ':'"},
      {"println", "it has no ':'"},
      {"println/in", "it has no ':'"},
      {"println/in:", "the port has no name"},
      {"println/in:[0]", "the port has no name"},
      {"println/in:data[", "its slot is not a number in brackets"},
      {"println/in:data[]", "its slot is not a number in brackets"},
      {"println/in:data[x]", "its slot is not a number in brackets"},
      {"println/in:data[1", "its slot is not a number in brackets"},
      {"println/in:data[1]x", "its slot is not a number in brackets"},
      {"println/in:data[1][2]", "its slot is not a number in brackets"},
      {"println/in:data[-1]", "its slot is not a number in brackets"},
      {"println/in:data[+1]", "its slot is not a number in brackets"},
      {"println/in:data[ 1]", "its slot is not a number in brackets"},
      {"println/in:data[1.0]", "its slot is not a number in brackets"},
      {"println/in:data[256]", "a port has at most 256 slots"},
      {"println/in:data[18446744073709551615]", "a port has at most 256 slots"},
      {"println/in:data[99999999999999999999999]", "a port has at most 256 slots"},
      {"println:data", "its path does not end in /in or /out"},
      {"println/inn:data", "its path does not end in /in or /out"},
      {"printlnin:data", "its path does not end in /in or /out"},
      {":data", "its path does not end in /in or /out"},
      {"in/x:data", "its path does not end in /in or /out"},
  };
  for (const expectation& e : all) {
    INFO(e.text);
    const auto got = ir_address::parse(e.text);
    REQUIRE_FALSE(got);
    CHECK(got.error().what ==
          "'" + std::string(e.text) + "' is not a port address: " + std::string(e.why));
    CHECK(got.error().next == "addresses look like path/in:port or path/out:port[0]");
  }
}
