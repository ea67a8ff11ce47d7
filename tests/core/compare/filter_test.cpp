#include "core/compare/filter.hpp"

#include "tests/support/catch.hpp"

using namespace nevaperf;

namespace {

formats::recording example() {
  formats::recording out;
  out.kind = formats::recording_kind::go_benchmark;
  out.configuration["goos"] = "linux";
  formats::recorded_scenario one;
  one.name = "example.org/p.Copy/size=4k/fast-16";
  one.package = "example.org/p";
  one.settings["toolchain"] = "gc";
  out.scenarios.push_back(one);
  return out;
}

bool fits(std::string_view text, std::string_view unit = "sec/op") {
  const formats::recording data = example();
  const auto filter = compare::filter::parse(text);
  REQUIRE(filter);
  return filter->fits({"old.txt", data, data.scenarios[0], unit});
}

std::string error_of(std::string_view text) {
  const auto filter = compare::filter::parse(text);
  return filter ? "" : filter.error().line();
}

std::optional<std::string> value(std::string_view key) {
  const formats::recording data = example();
  return compare::value_of({"old.txt", data, data.scenarios[0], "sec/op"}, key);
}

}  // namespace

TEST_CASE("a benchmark has the keys that benchstat gives it") {
  CHECK(value(".name") == "Copy");
  CHECK(value(".fullname") == "example.org/p.Copy/size=4k/fast-16");
  CHECK(value("/size") == "4k");
  CHECK(value("/gomaxprocs") == "16");
  CHECK(value(".unit") == "sec/op");
  CHECK(value(".file") == "old.txt");
  CHECK(value("pkg") == "example.org/p");
  CHECK(value("goos") == "linux");
  CHECK(value("toolchain") == "gc");
  CHECK_FALSE(value("/fast"));
  CHECK_FALSE(value("goarch"));
}

TEST_CASE("Google Benchmark names its parts with colons, and has no processors in its names") {
  formats::recording data;
  data.kind = formats::recording_kind::google_benchmark;
  formats::recorded_scenario one;
  one.name = "BM_sort/size:8/threads:2/real-2";
  data.scenarios.push_back(one);
  const compare::subject of{"f", data, data.scenarios[0], {}};
  CHECK(compare::value_of(of, "/threads") == "2");
  CHECK_FALSE(compare::value_of(of, "/gomaxprocs"));
  CHECK(compare::name_without(of, {"/size"}) == "BM_sort/size:*/threads:2/real-2");
}

TEST_CASE("parts of a name are left out of it") {
  const formats::recording data = example();
  const compare::subject of{"f", data, data.scenarios[0], {}};
  CHECK(compare::name_without(of, {}) == "example.org/p.Copy/size=4k/fast-16");
  CHECK(compare::name_without(of, {"/size", "pkg"}) == "Copy/size=*/fast-16");
  CHECK(compare::name_without(of, {"/gomaxprocs", ".name"}) == "example.org/p.*/size=4k/fast-*");
}

TEST_CASE("terms, lists, patterns, and how they are joined") {
  CHECK(fits(".name:Copy"));
  CHECK_FALSE(fits(".name:Cop"));
  CHECK(fits(".name:/^C.p/"));
  CHECK(fits("pkg:/example.org\\/p/"));
  CHECK(fits("/size:(1k OR 4k)"));
  CHECK(fits("/size:(/k$/ OR x)"));
  CHECK_FALSE(fits("/size:(1k OR 2k)"));
  CHECK(fits(".name:Copy /size:4k"));
  CHECK(fits(".name:Copy AND /size:4k"));
  CHECK_FALSE(fits(".name:Copy AND /size:1k"));
  CHECK(fits(".name:Other OR /size:4k"));
  CHECK(fits("-.name:Other"));
  CHECK(fits("NOT .name:Other"));
  CHECK_FALSE(fits("NOT (.name:Other OR goos:linux)"));
  // AND binds closer than OR.
  CHECK(fits(".name:Copy OR .name:Other AND /size:1k"));
  CHECK_FALSE(fits("(.name:Copy OR .name:Other) AND /size:1k"));
  CHECK(fits("*"));
  CHECK(fits("goos:*"));
  CHECK_FALSE(fits("goarch:*"));
  CHECK(fits("\"goos\":\"linux\""));
  CHECK(fits(".unit:ns/op"));
  CHECK_FALSE(fits(".unit:ns/op", "B/op"));
}

TEST_CASE("what is wrong with a filter is said with its place") {
  CHECK(error_of("").find("the filter is empty") != std::string::npos);
  CHECK(error_of("Copy").find("column 1: 'Copy' has no value") != std::string::npos);
  CHECK(error_of(".name:").find("'.name:' has no value") != std::string::npos);
  CHECK(error_of(".name:Copy AND").find("column 15: a KEY:VALUE is missing") != std::string::npos);
  CHECK(error_of("(.name:Copy").find("column 1: this '(' is not closed") != std::string::npos);
  CHECK(error_of(".name:Copy)").find("column 11: a ')' without") != std::string::npos);
  CHECK(error_of(".name:(A B)").find("stands OR between") != std::string::npos);
  CHECK(error_of(".name:/(/").find("bad regular expression") != std::string::npos);
  CHECK(error_of(".name:/a").find("not closed") != std::string::npos);
  CHECK(error_of(".name:\"a").find("not closed") != std::string::npos);
  CHECK(error_of(std::string(100000, '(')).find("nested too deeply") != std::string::npos);
  CHECK(error_of(std::string(100000, '-')).find("nested too deeply") != std::string::npos);
}

TEST_CASE("a part of a name is no expression") {
  CHECK(compare::is_filter_expression("/size:4k"));
  CHECK(compare::is_filter_expression("goos:linux"));
  CHECK(compare::is_filter_expression("NOT hop"));
  CHECK(compare::is_filter_expression("-.unit:B/op"));
  CHECK_FALSE(compare::is_filter_expression("hop"));
  CHECK_FALSE(compare::is_filter_expression("pipe*/n=8"));
  CHECK_FALSE(compare::is_filter_expression("tag:micro"));
  CHECK_FALSE(compare::is_filter_expression("BM_std::sort"));
  CHECK_FALSE(compare::is_filter_expression("BM_x/threads:2"));
  CHECK_FALSE(compare::is_filter_expression("f(3)"));
}
