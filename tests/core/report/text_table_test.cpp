#include "core/report/text_table.hpp"

#include "tests/support/catch.hpp"

using namespace nevaperf::report;

TEST_CASE("columns are aligned by what a terminal shows") {
  text_table table({{"name", align::left}, {"a"}, {"note", align::left}});
  table.add_row({{"日本"}, {"12.3 µs"}, {"x"}});
  table.add_row({{"n"}, {"1 s"}});
  table.add_row({{""}, {""}, {"last"}});
  CHECK(table.text(false) ==
        "name        a  note\n"
        "日本  12.3 µs  x\n"
        "n         1 s\n"
        "               last\n");
}

TEST_CASE("colour does not disturb the columns") {
  text_table table({{"a", align::left}, {"b"}});
  table.add_row({{"x", style::red}, {"y"}});
  CHECK(table.text(true) == "\x1b[1ma\x1b[0m  \x1b[1mb\x1b[0m\n\x1b[31mx\x1b[0m  y\n");
}

TEST_CASE("a table without rows has its titles") {
  CHECK(text_table({{"a", align::left}, {"b"}}).text(false) == "a  b\n");
}
