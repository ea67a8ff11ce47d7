// Random values against the slow model of reference.hpp.
#include "runtime/message/dict.hpp"
#include "runtime/message/list.hpp"
#include "runtime/message/text.hpp"
#include "tests/runtime/message/reference.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::tests;
using namespace nevaperf::runtime;

TEST_CASE("equality, match and text of random values are those of the model") {
  const std::int64_t live_before = live_payloads();
  generator g(20240501);
  int equal_pairs = 0;
  int matching_pairs = 0;
  for (int round = 0; round < 20000; ++round) {
    const model_value a = random_value(g, static_cast<int>(below(g, 5)));
    const model_value b = below(g, 2) == 0 ? mutated(g, a) : random_value(g, 1);
    const message x = build(g, a);
    const message y = build(g, b);
    const bool is_equal = model_equal(a, b);
    const bool is_match = model_matches(a, b);
    equal_pairs += is_equal;
    matching_pairs += is_match && !is_equal;
    INFO("round " << round << ": " << model_text(a) << " and " << model_text(b));
    REQUIRE(equal(x, y) == is_equal);
    REQUIRE(equal(y, x) == is_equal);
    REQUIRE(equal(x, message(x)) == model_equal(a, a));
    REQUIRE(equal(x, build(g, a)) == model_equal(a, a));
    REQUIRE(matches(x, y) == is_match);
    REQUIRE(text_of(x) == model_text(a));
  }
  CHECK(equal_pairs > 1000);
  CHECK(matching_pairs > 100);
  CHECK(live_payloads() == live_before);
}

TEST_CASE("a random walk over a list stays equal to a vector, and so do its earlier versions") {
  const std::int64_t live_before = live_payloads();
  generator g(7);
  for (int round = 0; round < 300; ++round) {
    struct version {
      message real;
      model_list expected;
    };
    std::vector<version> versions{{empty_list(), {}}};
    for (int step = 0; step < 40; ++step) {
      // mostly an only owner, so that storage is reused
      version next = versions[below(g, versions.size())];
      if (below(g, 2) == 0) next = std::move(versions.back()), versions.pop_back();
      auto& [real, expected] = next;
      const model_value v =
          round % 3 == 0 ? random_value(g, 1) : model_value{static_cast<std::int64_t>(step)};
      switch (below(g, 5)) {
        case 0:
        case 1:
          real = list_append(std::move(real), build(g, v));
          expected.push_back(v);
          break;
        case 2:
          real = list_prepend(build(g, v), real);
          expected.insert(expected.begin(), v);
          break;
        case 3: {
          const message twice = real;
          real = list_concat(std::move(real), twice);
          const model_list copy = expected;
          expected.insert(expected.end(), copy.begin(), copy.end());
          break;
        }
        default: {
          const std::size_t to = expected.size() - below(g, expected.size() / 2 + 1);
          const std::size_t from = below(g, to / 4 + 1);
          real = list_slice(real, from, to);
          expected = model_list(expected.begin() + static_cast<std::ptrdiff_t>(from),
                                expected.begin() + static_cast<std::ptrdiff_t>(to));
        }
      }
      if (expected.size() > 400) next = {empty_list(), {}};
      versions.push_back(std::move(next));
    }
    for (const version& v : versions) {
      REQUIRE(list_size(v.real) == v.expected.size());
      for (std::size_t i = 0; i < v.expected.size(); ++i) {
        REQUIRE(text_of(list_at(v.real, i)) == model_text(v.expected[i]));
      }
    }
  }
  CHECK(live_payloads() == live_before);
}

TEST_CASE("random dicts find what a map finds, and list it in the same order") {
  generator g(11);
  for (int round = 0; round < 500; ++round) {
    std::map<std::string, std::int64_t> expected;
    std::vector<std::pair<message, message>> entries;
    const std::size_t range = 1 + below(g, 300);
    for (std::size_t n = below(g, 200); n > 0; --n) {
      const std::string key = random_text(g) + std::to_string(below(g, range));
      const auto value = static_cast<std::int64_t>(n);
      expected[key] = value;
      entries.emplace_back(message::string(key), message::integer(value));
    }
    const message d = make_dict(std::move(entries));
    REQUIRE(dict_size(d) == expected.size());
    std::size_t rank = 0;
    for (const auto& [key, value] : expected) {
      REQUIRE(dict_key_at(d, rank).as_string() == key);
      REQUIRE(dict_value_at(d, rank).as_integer() == value);
      ++rank;
      const message* const found = dict_find(d, key);
      REQUIRE(found != nullptr);
      REQUIRE(found->as_integer() == value);
      REQUIRE(dict_find(d, message::string(key)) == found);
      REQUIRE((dict_find(d, key + "x") != nullptr) == expected.contains(key + "x"));
    }
    REQUIRE((dict_find(d, "") != nullptr) == expected.contains(""));
  }
}
