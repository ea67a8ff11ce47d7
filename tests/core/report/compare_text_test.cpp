#include "core/report/compare_text.hpp"

#include "core/report/compare_csv.hpp"
#include "core/report/compare_markdown.hpp"
#include "core/report/compare_rows.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf;
using compare::verdict;

namespace {

compare::row example_row(const std::string& name, verdict what, double ratio, double p) {
  compare::row out;
  out.name = name;
  out.unit = "sec/op";
  out.old_side = compare::side{1e-8, {0.99e-8, 1.01e-8}, 10};
  out.new_side = compare::side{ratio * 1e-8, {0.99e-8 * ratio, 1.01e-8 * ratio}, 10};
  out.ratio = ratio;
  out.ci = model::interval{ratio * 0.99, ratio * 1.01};
  out.p = p;
  out.p_adjusted = p;
  out.method = "mann-whitney";
  out.what = what;
  return out;
}

compare::comparison example(std::size_t same_rows) {
  compare::comparison out;
  out.old_label = "old.txt";
  out.new_label = "new.txt";
  out.rows.push_back(example_row("a|b", verdict::slower, 1.04, 0.0002));
  out.rows.push_back(example_row("ring", verdict::slower, 1.5, 0.0002));
  out.rows.push_back(example_row("wide", verdict::unsure, 1.02, 0.2));
  for (std::size_t i = 0; i < same_rows; ++i) {
    out.rows.push_back(example_row("same" + std::to_string(i), verdict::same, 1.001, 0.6));
  }
  out.family = out.rows.size();
  compare::row gone = example_row("gone", verdict::only_old, 1, 1);
  gone.new_side.reset();
  out.rows.push_back(gone);
  out.geomeans.push_back({"sec/op", 1e-8, 1.1e-8, 1.1, 3});
  out.warnings.push_back({"other-kernel", "kernel differs", "measure again"});
  return out;
}

}  // namespace

TEST_CASE("the verdict comes first, the worst row next, what did not change is counted") {
  const std::string text = report::compare_text(example(30), {});
  CHECK(
      text.starts_with("2 slower, 30 same, 1 unsure, 1 only old (threshold ±1.0%, 95% intervals"));
  CHECK(text.find("ring") < text.find("a|b"));
  CHECK(text.find("+50%") != std::string::npos);
  CHECK(text.find("30 same\n") != std::string::npos);
  CHECK(text.find("1 unsure: wide\n") != std::string::npos);
  CHECK(text.find("same7") == std::string::npos);
  CHECK(text.find("only in old: gone\n") != std::string::npos);
  CHECK(text.find("geomean of 3") != std::string::npos);
  CHECK(report::compare_text(example(30), {.all = true}).find("same7") != std::string::npos);
}

TEST_CASE("few rows are all shown, a difference that is not shown is ~") {
  const std::string text = report::compare_text(example(1), {});
  const std::size_t wide = text.find("wide");
  REQUIRE(wide != std::string::npos);
  CHECK(text.substr(wide, text.find('\n', wide) - wide).find(" ~ ") != std::string::npos);
  CHECK(text.find("all rows") == std::string::npos);
  const std::string explained = report::compare_text(example(1), {.explain = true});
  CHECK(explained.find("ring sec/op: slower: the interval") != std::string::npos);
}

TEST_CASE("the path that all names share is written once") {
  auto data = example(2);
  CHECK(report::shared_path(data).empty());
  for (compare::row& row : data.rows) row.name = "example.org/team/p" + row.name + ".X/n=1";
  CHECK(report::shared_path(data) == "example.org/team/");
  const std::string text = report::compare_text(data, {});
  CHECK(text.find("names in: example.org/team/\n") != std::string::npos);
  CHECK(text.find("\npring.X/n=1 ") != std::string::npos);
  for (compare::row& row : data.rows) row.name = "pipeline/" + row.name;
  CHECK(report::shared_path(data).empty());
}

TEST_CASE("doubts say what to do, colours are off unless asked for") {
  CHECK(report::compare_doubts(example(0), false) == "warning: kernel differs (measure again)\n");
  CHECK(report::compare_text(example(0), {}).find('\x1b') == std::string::npos);
  CHECK(report::compare_text(example(0), {.colour = true}).find("\x1b[31m") != std::string::npos);
}

TEST_CASE("Markdown cells cannot be broken out of") {
  const std::string text = report::compare_markdown(example(0), false);
  CHECK(text.starts_with("**2 slower, 1 unsure, 1 only old**"));
  CHECK(text.find("| a\\|b |") != std::string::npos);
  CHECK(text.find("| slower |") != std::string::npos);
}

TEST_CASE("CSV has a line for each row and all digits") {
  auto data = example(0);
  data.rows[0].name = "a,\"b\"";
  data.rows[1].name = "c,d";
  const std::string text = report::compare_csv(data);
  CHECK(text.find("\r\n\"a,\"\"b\"\"\",sec/op,1e-08,") != std::string::npos);
  CHECK(text.find("\r\n\"c,d\",sec/op,") != std::string::npos);
  CHECK(text.find(",mann-whitney,slower\r\n") != std::string::npos);
  CHECK(std::count(text.begin(), text.end(), '\n') == 5);
}
