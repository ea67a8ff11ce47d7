#include "core/base/error.hpp"

#include "tests/support/catch.hpp"

using nevaperf::base::error;
using nevaperf::base::result;

TEST_CASE("an error is one line with place, cause and next step") {
  const error e{.what = "unknown function 'foo'", .where = "funcs[3].ref", .next = "see the list"};
  CHECK(e.line() == "funcs[3].ref: unknown function 'foo' (see the list)");
  CHECK(e.within("prog.json").line() ==
        "prog.json: funcs[3].ref: unknown function 'foo' (see the list)");
  CHECK(error{.what = "two\nlines", .where = "", .next = ""}.line() == "two lines");
}

TEST_CASE("a result holds a value or an error") {
  const result<int> good = 3;
  REQUIRE(good);
  CHECK(*good == 3);
  const result<int> bad = error{.what = "no", .where = "", .next = ""};
  REQUIRE_FALSE(bad);
  CHECK(bad.error().what == "no");
  CHECK(result<void>{});
}
