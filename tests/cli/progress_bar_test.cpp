#include "cli/progress_bar.hpp"

#include "core/report/terminal_text.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf;

TEST_CASE("the line shows how far, how long and what") {
  const cli::progress_state half{"pipeline/8", 6, 12, 5'000'000'000};
  CHECK(cli::progress_line(half, 80) == "[============            ] 6/12  5 s left  pipeline/8");
  CHECK(cli::progress_line({"hop", 0, 12, 0}, 80).starts_with("[                        ] 0/12"));
  CHECK(cli::progress_line({"hop", 12, 12, 0}, 80).starts_with("[========================] 12/12"));
}

TEST_CASE("the line fits the terminal, whatever the name") {
  for (const std::string_view name :
       {"pipeline/8 with a very long name", "パイプライン/八", "a\nb\x1b[2J"}) {
    for (std::size_t columns = 0; columns < 100; ++columns) {
      const std::string line = cli::progress_line({name, 3, 12, 83'000'000'000}, columns);
      CHECK(report::display_width(line) < std::max<std::size_t>(columns, 1));
      CHECK(line.find_first_of("\n\x1b") == std::string::npos);
    }
  }
}

TEST_CASE("odd numbers do no harm") {
  CHECK_FALSE(cli::progress_line({"x", 5, 0, 0}, 80).empty());
  CHECK(cli::progress_line({"x", 50, 10, 0}, 80).find("10/10") != std::string::npos);
}
