#include "cli/bench_options.hpp"

#include "tests/support/catch.hpp"

using namespace nevaperf;

TEST_CASE("the words of a run lead to the same options") {
  cli::bench_options given;
  given.filters = {"hop", "--odd", "tag:micro"};
  given.programs = {"a.json", "--b.json"};
  given.quick = true;
  given.instructions = true;
  given.time = "3s";
  given.precision = "1%";
  given.timeout = "5s";
  given.save = "main";
  given.out = "run.json";
  given.format = "json";
  given.dir = "elsewhere";
  auto words = cli::bench_words(given, 4711);
  const auto got = cli::parse_bench_words(words);
  REQUIRE(got);
  CHECK(got->filters == given.filters);
  CHECK(got->programs == given.programs);
  CHECK(got->quick);
  CHECK(got->instructions);
  CHECK(got->time == given.time);
  CHECK(got->precision == given.precision);
  CHECK(got->timeout == given.timeout);
  CHECK(got->save == given.save);
  CHECK(got->out == given.out);
  CHECK(got->format == given.format);
  CHECK(got->seed == "4711");
  CHECK(got->dir.empty());
  CHECK_FALSE(got->resume);
}

TEST_CASE("thorough is kept; quick and thorough at once are refused") {
  cli::bench_options given;
  given.thorough = true;
  CHECK(cli::parse_bench_words(cli::bench_words(given, 1))->thorough);
  given.quick = true;
  CHECK_FALSE(cli::parse_bench_words(cli::bench_words(given, 1)));
}

TEST_CASE("an empty command line") {
  const auto got = cli::parse_bench_words(cli::bench_words({}, 0));
  REQUIRE(got);
  CHECK(got->filters.empty());
  CHECK(got->programs.empty());
  CHECK_FALSE(got->quick);
}

TEST_CASE("words that are none of bench are refused") {
  CHECK_FALSE(cli::parse_bench_words({}));
  CHECK_FALSE(cli::parse_bench_words({"run", "x.json"}));
  CHECK_FALSE(cli::parse_bench_words({"bench", "--nonesuch"}));
}
