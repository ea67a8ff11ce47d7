// The two Go recordings, compared as benchstat compares them: against gobench_values.txt, which a
// script works out without this code.
#include <map>
#include <sstream>

#include "core/compare/compare_recordings.hpp"
#include "core/formats/recording.hpp"
#include "tests/support/recorded_files.hpp"

using namespace nevaperf;

namespace {

const compare::row* row_of(const compare::comparison& data, const std::string& name,
                           const std::string& unit) {
  for (const compare::row& one : data.rows) {
    if (one.name == name && one.unit == unit) return &one;
  }
  return nullptr;
}

void check_side(const std::optional<compare::side>& side, std::istream& numbers) {
  double median = 0;
  double low = 0;
  double high = 0;
  numbers >> median >> low >> high;
  REQUIRE(side);
  CHECK(side->median == Approx(median).epsilon(1e-12));
  CHECK(side->ci.low == Approx(low).epsilon(1e-12));
  CHECK(side->ci.high == Approx(high).epsilon(1e-12));
}

}  // namespace

TEST_CASE("medians, intervals, p-values and geomeans of the Go recordings are benchstat's") {
  const auto old_text = tests::recorded_file("gobench/neva-runtime-2026-07-19.txt");
  const auto new_text = tests::recorded_file("gobench/neva-runtime-2026-08-05.txt");
  if (!old_text || !new_text) return;
  const auto before = formats::read_recording(*old_text);
  const auto after = formats::read_recording(*new_text);
  REQUIRE(before);
  REQUIRE(after);
  const auto data = compare::compare_recordings({"old", *before}, {"new", *after}, {});
  REQUIRE(data);
  const auto known = base::real_files().read(NEVAPERF_GOBENCH_VALUES);
  REQUIRE(known);
  std::istringstream lines(*known);
  std::map<std::string, std::size_t> seen;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    INFO(line);
    std::istringstream words(line);
    std::string package;
    std::string name;
    std::string unit;
    words >> package >> name >> unit;
    ++seen[package == "geomean" ? package : "row"];
    if (package == "geomean") {
      double old_value = 0;
      double new_value = 0;
      words >> old_value >> new_value;
      for (const compare::geomean& one : data->geomeans) {
        if (one.unit != unit) continue;
        CHECK(std::to_string(one.rows) == name);
        CHECK(one.old_value == Approx(old_value).epsilon(1e-12));
        CHECK(one.new_value == Approx(new_value).epsilon(1e-12));
      }
      continue;
    }
    const compare::row* row = row_of(*data, package + "." + name, unit);
    REQUIRE(row != nullptr);
    check_side(row->old_side, words);
    check_side(row->new_side, words);
    std::string p;
    words >> p;
    if (p == "-") {
      CHECK_FALSE(row->p);
    } else {
      REQUIRE(row->p);
      CHECK(*row->p == Approx(std::stod(p)).epsilon(1e-9));
    }
  }
  CHECK(seen["geomean"] == data->geomeans.size());
  CHECK(seen["row"] > 100);
}
