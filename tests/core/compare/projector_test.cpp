#include "core/compare/projector.hpp"

#include <algorithm>

#include "core/formats/go_text.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf;
using compare::projected_group;
using compare::projection;

namespace {

formats::recording go_file(std::string_view text) {
  auto out = formats::read_go_text(text);
  REQUIRE(out);
  return *std::move(out);
}

constexpr std::string_view two_toolchains =
    "toolchain: a\n"
    "BenchmarkEnc/f=json/n=10k-8 1 10 ns/op\nBenchmarkEnc/f=gob/n=2k-8 1 20 ns/op\n"
    "BenchmarkEnc/f=json/n=2k-8 1 11 ns/op\n"
    "toolchain: b\nBenchmarkEnc/f=json/n=10k-8 1 12 ns/op 7 B/op\n";

projection with(const char* by, const char* col, const char* row,
                std::vector<std::string> ignored = {}) {
  projection out;
  out.is_default = false;
  out.ignored = std::move(ignored);
  if (*by != '\0') out.groups = *compare::parse_keys(by);
  if (*col != '\0') out.columns = *compare::parse_keys(col);
  if (*row != '\0') out.rows = *compare::parse_keys(row);
  return out;
}

std::vector<projected_group> projected(const projection& how,
                                       std::string_view text = two_toolchains) {
  std::vector<compare::projected_input> inputs;
  inputs.push_back({"f", 0, go_file(text)});
  auto out = compare::project(std::move(inputs), how);
  REQUIRE(out);
  return *std::move(out);
}

std::vector<std::string> names_of(const formats::recording& data) {
  std::vector<std::string> out;
  for (const auto& one : data.scenarios) out.push_back(one.name);
  return out;
}

std::string mixed_in(const formats::recording& data) {
  for (const auto& one : data.warnings) {
    if (one.code == "mixed-configuration") return one.text;
  }
  return "";
}

}  // namespace

TEST_CASE("keys, their orders, and what is wrong with them") {
  const auto keys = compare::parse_keys(".name /n@num, goos@(linux \"a b\")");
  REQUIRE(keys);
  REQUIRE(keys->size() == 3);
  CHECK((*keys)[1].name == "/n");
  CHECK((*keys)[1].order == compare::key_order::numeric);
  CHECK((*keys)[2].values == std::vector<std::string>{"linux", "a b"});
  for (const char* const wrong : {"", ",", "a@", "a@big", "a@()", "a@(b", ".nme", "a:b", "(a)"}) {
    CHECK_FALSE(compare::parse_keys(wrong));
  }
  CHECK(compare::numeric_less("2k", "10k"));
  CHECK(compare::numeric_less("1000", "1Ki"));
  CHECK(compare::numeric_less("10k", "x"));
  CHECK_FALSE(compare::numeric_less("x", "1"));
}

TEST_CASE("without a projection a file is a column; what differs in it is said") {
  const auto groups = projected({});
  REQUIRE(groups.size() == 1);
  REQUIRE(groups[0].columns.size() == 1);
  const formats::recording& data = groups[0].columns[0].data;
  CHECK(data.scenarios.size() == 3);
  CHECK(data.scenarios[0].metrics.at("sec/op").values.size() == 2);
  CHECK(mixed_in(data).find("'toolchain' changes") == 0);
}

TEST_CASE("a configuration key makes columns") {
  const auto groups = projected(with("", "toolchain", ""));
  REQUIRE(groups[0].columns.size() == 2);
  CHECK(groups[0].columns[0].label == "a");
  CHECK(groups[0].columns[1].label == "b");
  CHECK(groups[0].columns[1].data.scenarios.size() == 1);
  CHECK(mixed_in(groups[0].columns[0].data).empty());
}

TEST_CASE("a part of the name makes columns and is left out of the name") {
  const auto groups = projected(with("toolchain", "/f@(gob json)", ""));
  REQUIRE(groups.size() == 2);
  CHECK(groups[0].keys == std::vector<std::pair<std::string, std::string>>{{"toolchain", "a"}});
  REQUIRE(groups[1].columns.size() == 2);
  CHECK(groups[0].columns[0].label == "gob");
  CHECK(names_of(groups[0].columns[1].data) ==
        std::vector<std::string>{"Enc/f=*/n=10k-8", "Enc/f=*/n=2k-8"});
  CHECK(groups[1].columns[0].data.scenarios.empty());
}

TEST_CASE("rows are made of keys, in the order asked for") {
  const auto groups = projected(with("", "", "/f /n@num", {"toolchain", ".fullname"}));
  const formats::recording& data = groups[0].columns[0].data;
  CHECK(names_of(data) == std::vector<std::string>{"f=json n=2k", "f=json n=10k", "f=gob n=2k"});
  CHECK(mixed_in(data).empty());
  const auto merged = projected(with("", "", ".name"));
  CHECK(merged[0].columns[0].data.scenarios.size() == 1);
  CHECK(mixed_in(merged[0].columns[0].data).find("'.fullname' changes") == 0);
}

TEST_CASE("a list of values keeps no other, a unit can be a group") {
  CHECK(projected(with("", "/f@(json)", ""))[0].columns.size() == 1);
  const auto groups = projected(with(".unit", "", ""));
  REQUIRE(groups.size() == 2);
  CHECK(groups[1].keys[0].second == "B/op");
  CHECK(groups[1].columns[0].data.scenarios.size() == 1);
}

TEST_CASE("a key that nothing has is an error") {
  std::vector<compare::projected_input> inputs;
  inputs.push_back({"f", 0, go_file(two_toolchains)});
  const auto got = compare::project(inputs, with("", "/size", ""));
  REQUIRE_FALSE(got);
  CHECK(got.error().line().find("no benchmark has the key '/size'") != std::string::npos);
  CHECK_FALSE(compare::project(inputs, with("", "", "", {"nothing"})));
}

TEST_CASE("files of one column are taken together, two of one name stay apart") {
  std::vector<compare::projected_input> inputs;
  for (const std::size_t column : {0U, 0U, 1U}) {
    inputs.push_back({"f", column, go_file("pkg: p\nBenchmarkX 1 2 ns/op\n")});
  }
  const auto groups = compare::project(std::move(inputs), {});
  REQUIRE(groups);
  REQUIRE((*groups)[0].columns.size() == 2);
  CHECK((*groups)[0].columns[0].data.scenarios[0].metrics.at("sec/op").values.size() == 2);
  CHECK((*groups)[0].columns[1].label == "f#2");
}

TEST_CASE("CPUs that differ within a file are not those of the file") {
  const auto groups = projected(with("", "cpu", ""),
                                "cpu: A\nBenchmarkX 1 2 ns/op\ncpu: B\nBenchmarkX 1 2 ns/op\n");
  CHECK(groups[0].columns[0].data.environment.cpu_model == "A");
  CHECK(groups[0].columns[1].data.environment.cpu_model == "B");
}
