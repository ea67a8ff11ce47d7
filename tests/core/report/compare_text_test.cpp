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

namespace {

compare::comparison_set example_set() {
  compare::comparison_set out;
  out.columns = {"old.txt", "new.txt", "a very long label of a column"};
  out.all = {example(3), example(3)};
  out.all[1].new_label = out.columns[2];
  out.all[1].rows[1].what = verdict::same;
  out.warnings.push_back({"one-process", "old.txt: same luck", "again"});
  return out;
}

}  // namespace

TEST_CASE("several columns: each later one with its change, long labels above") {
  const std::string text = report::compare_text(example_set(), {});
  CHECK(text.starts_with("3 slower, 7 same, 2 unsure, 2 only old (threshold"));
  CHECK(text.find("#3: a very long label of a column\n") != std::string::npos);
  CHECK(text.find("new.txt against old.txt: 2 slower") != std::string::npos);
  CHECK(text.find("sec/op") < text.find("a|b"));
  CHECK(text.find("geomean") != std::string::npos);
  const std::size_t line = text.find("\nring ");
  REQUIRE(line != std::string::npos);
  const std::string ring = text.substr(line + 1, text.find('\n', line + 1) - line - 1);
  CHECK(ring.find("slower") < ring.find("same"));
  const std::string coloured = report::compare_text(example_set(), {.colour = true});
  CHECK(coloured.find("\x1b[31mslower") != std::string::npos);
}

TEST_CASE("several columns as Markdown and as CSV") {
  const std::string markdown = report::compare_markdown(example_set(), false);
  CHECK(markdown.find("| sec/op | old.txt | new.txt | change | p | verdict | a very long") !=
        std::string::npos);
  CHECK(markdown.find("a\\|b") != std::string::npos);
  const std::string csv = report::compare_csv(example_set());
  CHECK(csv.find(",verdict,old_label,new_label\r\n") != std::string::npos);
  CHECK(csv.find(",same,old.txt,a very long label of a column\r\n") != std::string::npos);
}

TEST_CASE("groups are named, a plain set is shown as its comparison") {
  compare::comparison_set set = example_set();
  set.is_grouped = true;
  set.all[0].group = {{"goos", "linux"}};
  set.all[1].group = {{"goos", "plan9"}};
  set.columns.pop_back();
  const std::string text = report::compare_text(set, {});
  CHECK(text.find("\ngoos=linux\n") < text.find("\ngoos=plan9\n"));
  CHECK(report::compare_csv(set).find(",old_label,new_label,goos\r\n") != std::string::npos);
  set.is_grouped = false;
  set.all.pop_back();
  CHECK(report::compare_text(set, {}) == report::compare_text(set.all[0], {}));
}

TEST_CASE("doubts of several columns are said once, with the column if not all have them") {
  compare::comparison_set set = example_set();
  set.all[1].warnings.push_back({"same-data", "the very same", "a copy?"});
  const std::string text = report::compare_doubts(set, false);
  CHECK(text.find("warning: kernel differs") != std::string::npos);
  CHECK(text.find("kernel differs") == text.rfind("kernel differs"));
  CHECK(text.find("warning: a very long label of a column: the very same") != std::string::npos);
  CHECK(text.find("warning: old.txt: same luck (again)") != std::string::npos);
}
