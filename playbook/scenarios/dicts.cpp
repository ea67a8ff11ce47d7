// What dicts cost: the benchmarks of dicts in Neva's own suite, under their names and with the same
// sizes. Those that set a typed dict against an untyped one have no counterpart: a dict has one
// storage here.
#include <string>
#include <vector>

#include "playbook/scenarios/families.hpp"
#include "playbook/scenarios/sample_values.hpp"
#include "playbook/scenarios/value_loop.hpp"
#include "runtime/message/dict.hpp"

namespace nevaperf::playbook {

using namespace runtime;

namespace {

constexpr std::int64_t looked_up_sizes[] = {16, 128, 1024};
constexpr std::int64_t compared_sizes[] = {16, 128, 512};
constexpr std::int64_t constructed_sizes[] = {8, 64, 512};

void look_up_one(benchmark::State& state, std::int64_t size, value_maker make) {
  const message dict = dict_of(size, make);
  const message key = dict_key_at(size - 1);
  const message missing = dict_key_at(size);
  if (dict_find(dict, missing) != nullptr) return state.SkipWithError("a missing key was found");
  const message* const value = dict_find(dict, key);
  if (value == nullptr || !equal(*value, make(size - 1)))
    return state.SkipWithError("wrong value of the last key");
  measure_values(
      state, [&] { return dict_find(dict, key); }, value);
}

// An operation looks up every key once.
void look_up_all(benchmark::State& state, std::int64_t size) {
  const message dict = dict_of(size, integer_at);
  std::vector<message> keys;
  for (std::int64_t place = 0; place < size; ++place) keys.push_back(dict_key_at(place));
  measure_values(
      state,
      [&] {
        std::int64_t sum = 0;
        for (const message& key : keys) sum += dict_find(dict, key)->as_integer();
        return sum;
      },
      size * first_number + size * (size - 1) / 2);
}

void get_one(benchmark::State& state) {
  const message dict = make_dict({{message::string("answer"), integer_at(42)}});
  const message key = message::string("answer");
  measure_values(
      state, [&] { return *dict_find(dict, key); }, integer_at(42));
}

void compare(benchmark::State& state, std::int64_t size, bool are_equal) {
  const message left = dict_of(size, integer_at);
  const message right = dict_of(size, are_equal ? integer_at : digits_at);
  measure_values(
      state, [&] { return equal(left, right); }, are_equal);
}

void construct(benchmark::State& state, std::int64_t size) {
  measure_values(
      state, [&] { return dict_of(size, integer_at); }, dict_of(size, integer_at));
}

measure::scenario micro(std::string name, std::string description,
                        std::function<void(benchmark::State&)> run) {
  return {.name = std::move(name),
          .tags = {"micro", "dict"},
          .description = std::move(description),
          .run = std::move(run)};
}

constexpr struct {
  const char* name;
  const char* what;
  value_maker make;
} hot_look_ups[] = {
    {"MsgDictLookup/hot_n=", "integers", integer_at},
    {"MsgDictLookupScalars/int_hot_n=", "integers", integer_at},
    {"MsgDictLookupScalars/float_hot_n=", "floats", floating_at},
    {"MsgDictLookupScalars/bool_hot_n=", "booleans", boolean_at},
    {"MsgDictLookupScalars/string_hot_n=", "strings", text_at},
};

}  // namespace

std::vector<measure::scenario> dict_scenarios() {
  std::vector<measure::scenario> all;
  for (const auto& one : hot_look_ups) {
    for (const std::int64_t size : looked_up_sizes) {
      const std::string n = std::to_string(size);
      all.push_back(micro(one.name + n, "one key of a dict of " + n + " " + one.what,
                          [=](benchmark::State& state) { look_up_one(state, size, one.make); }));
    }
  }
  for (const std::int64_t size : looked_up_sizes) {
    const std::string n = std::to_string(size);
    all.push_back(micro("MsgDictLookup/mixed_n=" + n, "every key of a dict of " + n + " integers",
                        [=](benchmark::State& state) { look_up_all(state, size); }));
  }
  all.push_back(micro("DictGetValueByKey", "a copy of the value of a dict with one key", get_one));
  for (const std::int64_t size : compared_sizes) {
    const std::string n = std::to_string(size);
    all.push_back(micro("MsgEqualDict/typed_equal_n=" + n, "two equal dicts of " + n + " integers",
                        [=](benchmark::State& state) { compare(state, size, true); }));
    all.push_back(micro("MsgEqualDict/typed_different_kind_n=" + n,
                        "a dict of " + n + " integers and one of as many strings",
                        [=](benchmark::State& state) { compare(state, size, false); }));
  }
  for (const std::int64_t size : constructed_sizes) {
    const std::string n = std::to_string(size);
    all.push_back(micro("MsgScalarContainerConstruction/dict_int_n=" + n,
                        "a dict of " + n + " new keys and integers",
                        [=](benchmark::State& state) { construct(state, size); }));
  }
  return all;
}

}  // namespace nevaperf::playbook
