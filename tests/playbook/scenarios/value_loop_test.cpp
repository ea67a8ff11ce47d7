#include "playbook/scenarios/value_loop.hpp"

#include <functional>

#include "core/measure/slice_runner.hpp"
#include "playbook/scenarios/sample_values.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf;

namespace {

// The result of an operation that gives `value` up to and including its call `good`.
base::result<measure::slice> run(std::uint64_t good, std::uint64_t iterations,
                                 const runtime::message& value) {
  const measure::scenario what{
      .name = "x", .tags = {}, .description = "", .run = [&](benchmark::State& state) {
        std::uint64_t calls = 0;
        playbook::measure_values(
            state, [&] { return ++calls <= good ? value : runtime::message::integer(-1); }, value);
      }};
  return measure::slice_runner(what).run(iterations);
}

}  // namespace

TEST_CASE("a right result is measured") {
  const auto got = run(11, 10, playbook::text_at(0));
  REQUIRE(got);
  CHECK(got->iterations == 10);
}

TEST_CASE("a wrong result is an error, in the beginning and in the end") {
  const auto first = run(0, 10, playbook::list_of(3, playbook::integer_at));
  REQUIRE_FALSE(first);
  CHECK(first.error().what == "wrong result");
  const auto last = run(10, 10, playbook::dict_of(3, playbook::floating_at));
  REQUIRE_FALSE(last);
  CHECK(last.error().what == "wrong result in the end");
}
