#include "core/compare/pairing.hpp"

#include "tests/support/catch.hpp"

using namespace nevaperf;

namespace {

// Go benchmarks as a file of several packages has them.
formats::recording of(std::initializer_list<std::pair<const char*, const char*>> list) {
  formats::recording out;
  out.kind = formats::recording_kind::go_benchmark;
  for (const auto& [package, name] : list) {
    formats::recorded_scenario one;
    one.package = package;
    one.name = one.package.empty() ? name : one.package + "." + name;
    one.metrics["sec/op"].values = {1};
    out.scenarios.push_back(one);
  }
  return out;
}

std::size_t both_sides(const compare::pairing& pairs) {
  std::size_t out = 0;
  for (const auto& one : pairs.pairs) {
    out += one.old_side != nullptr && one.new_side != nullptr ? 1U : 0U;
  }
  return out;
}

}  // namespace

TEST_CASE("a benchmark whose package has moved is matched if it is unique, and that is said") {
  const auto before = of({{"p/a", "X-2"}, {"p/a", "Y-2"}, {"p/c", "Y-2"}, {"p/a", "Stays-2"}});
  const auto after = of({{"p/b", "X-2"}, {"p/b", "Y-2"}, {"p/a", "Stays-2"}});
  const auto got = compare::pair_up(before, after);
  CHECK(both_sides(got) == 2);
  CHECK(got.pairs[0].name == "p/a.X-2");
  CHECK(got.pairs[0].new_side->name == "p/b.X-2");
  CHECK(got.pairs.size() == 5);
  REQUIRE_FALSE(got.warnings.empty());
  CHECK(got.warnings[0].code == "moved-package");
  CHECK(got.warnings[0].text.find("'p/a' and 'p/b': X-2") != std::string::npos);
  CHECK(compare::pair_up(before, before).warnings.empty());
}

TEST_CASE("a name that is gone hints at the new one that is most like it") {
  const auto got = compare::pair_up(of({{"", "EncodeJson-2"}, {"", "Gone-2"}}),
                                    of({{"", "EncodeJSONFast-2"}, {"", "Unrelated-2"}}));
  CHECK(both_sides(got) == 0);
  REQUIRE(got.warnings.size() == 1);
  CHECK(got.warnings[0].text == "perhaps renamed: EncodeJson-2 -> EncodeJSONFast-2");
  // Two alike are no hint.
  CHECK(compare::pair_up(of({{"", "Encode1"}}), of({{"", "Encode2"}, {"", "Encode3"}}))
            .warnings.empty());
}

TEST_CASE("likeness of names") {
  CHECK(compare::likeness("hop", "HOP") == 1);
  CHECK(compare::likeness("hop", "xyz") == 0);
  CHECK(compare::likeness("night", "nacht") == Approx(0.25));
  CHECK(compare::likeness("", "") == 1);
  CHECK(compare::likeness("a", "b") == 0);
}
