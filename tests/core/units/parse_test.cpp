#include "core/units/parse.hpp"

#include "tests/support/catch.hpp"

using namespace nevaperf::units;

TEST_CASE("durations are read with their unit") {
  const auto read = [](const char* text) { return parse_duration(text)->count(); };
  CHECK(read("2s") == 2);
  CHECK(read("2") == 2);
  CHECK(read("500ms") == Approx(0.5));
  CHECK(read(" 1.5 min ") == 90);
  CHECK(read("3us") == Approx(3e-6));
  CHECK(read("3µs") == Approx(3e-6));
  CHECK(read("10ns") == Approx(1e-8));
  CHECK(read("1h") == 3600);
  CHECK(read("1e3ms") == Approx(1));
  CHECK(read("0s") == 0);
}

TEST_CASE("what is no duration is refused with the text and the way to write it") {
  for (const char* text : {"", " ", "s", "2 apples", "-1s", "nan", "inf", "infs", "1e999s", "1e30h",
                           "0x10", "1s2", "2 s s", "1,5s", "+2s"}) {
    INFO(text);
    CHECK_FALSE(parse_duration(text));
  }
  CHECK(parse_duration("2 apples").error().line() ==
        "'2 apples' is not a duration (write it as 500ms, 2s, 1.5min or 1h)");
  CHECK(parse_duration(std::string(1000, 'x')).error().what.size() < 80);
}

TEST_CASE("sizes are read in powers of 1024 and of 1000") {
  CHECK(*parse_bytes("4096") == 4096);
  CHECK(*parse_bytes("64KiB") == 65'536);
  CHECK(*parse_bytes("1.5 GiB") == 1'610'612'736);
  CHECK(*parse_bytes("10MB") == 10'000'000);
  for (const char* text : {"1.5", "-1", "1XB", "1e30", "", "KiB"}) {
    INFO(text);
    CHECK_FALSE(parse_bytes(text));
  }
}

TEST_CASE("percentages are shares of one") {
  CHECK(*parse_percent("2%") == Approx(0.02));
  CHECK(*parse_percent("0.5") == Approx(0.005));
  CHECK_FALSE(parse_percent("two"));
  CHECK_FALSE(parse_percent("-2%"));
}

TEST_CASE("counts are whole and in range") {
  CHECK(*parse_count("7", 1, 10) == 7);
  for (const char* text : {"0", "11", "7.5", "-7", "x", "", "99999999999999999999999"}) {
    INFO(text);
    CHECK_FALSE(parse_count(text, 1, 10));
  }
  CHECK(parse_count("0", 1, 10).error().next == "give a whole number from 1 to 10");
}
