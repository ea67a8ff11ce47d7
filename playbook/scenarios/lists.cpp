// What lists cost: the benchmarks of lists in Neva's own suite, under their names and with the same
// sizes. An operation of a list is a plain call here; as a message through a node it is measured in
// handlers.cpp.
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "playbook/scenarios/families.hpp"
#include "playbook/scenarios/sample_values.hpp"
#include "playbook/scenarios/value_loop.hpp"
#include "runtime/message/list.hpp"

namespace nevaperf::playbook {

using namespace runtime;

namespace {

constexpr std::int64_t iterated_sizes[] = {8, 64, 512, 1024};
constexpr std::int64_t compared_sizes[] = {16, 128, 512};
constexpr std::int64_t constructed_sizes[] = {8, 64, 512};
constexpr std::int64_t edited_size = 512;

template <class Stored>
std::span<const Stored> storage_of(const message& list) {
  const auto& payload = *static_cast<const list_payload*>(list.shared_payload());
  return {payload.as<Stored>(), payload.size};
}

// The sum of what `value` gives for each element. Four sums side by side: one alone would measure
// how long an addition takes, not how fast elements come.
template <class Sum, class Stored, class Value>
Sum sum_of(std::span<const Stored> elements, Value value) {
  Sum sums[4] = {};
  std::size_t i = 0;
  for (; i + 4 <= elements.size(); i += 4) {
    sums[0] += static_cast<Sum>(value(elements[i]));
    sums[1] += static_cast<Sum>(value(elements[i + 1]));
    sums[2] += static_cast<Sum>(value(elements[i + 2]));
    sums[3] += static_cast<Sum>(value(elements[i + 3]));
  }
  for (; i < elements.size(); ++i) sums[0] += static_cast<Sum>(value(elements[i]));
  return sums[0] + sums[1] + sums[2] + sums[3];
}

constexpr auto as_it_is = [](auto element) { return element; };

// first_number + (first_number + 1) + ...
std::int64_t sum_of_numbers(std::int64_t size) {
  return size * first_number + size * (size - 1) / 2;
}

void iterate_integers(benchmark::State& state, std::int64_t size) {
  const message list = list_of(size, integer_at);
  const auto elements = storage_of<std::int64_t>(list);
  measure_values(
      state, [=] { return sum_of<std::int64_t>(elements, as_it_is); }, sum_of_numbers(size));
}

void iterate_floats(benchmark::State& state, std::int64_t size) {
  const message list = list_of(size, floating_at);
  const auto elements = storage_of<double>(list);
  measure_values(
      state, [=] { return sum_of<double>(elements, as_it_is); },
      static_cast<double>(sum_of_numbers(size)) + 0.25 * static_cast<double>(size));
}

void iterate_booleans(benchmark::State& state, std::int64_t size) {
  const message list = list_of(size, boolean_at);
  const auto elements = storage_of<bool>(list);
  measure_values(
      state, [=] { return sum_of<std::int64_t>(elements, as_it_is); }, size / 2);
}

void iterate_strings(benchmark::State& state, std::int64_t size) {
  const message list = list_of(size, text_at);
  const auto elements = storage_of<message>(list);
  measure_values(
      state,
      [=] {
        return sum_of<std::size_t>(elements,
                                   [](const message& text) { return text.as_string().size(); });
      },
      static_cast<std::size_t>(size) * std::string_view("v1000000").size());
}

void compare(benchmark::State& state, std::int64_t size, bool are_equal) {
  const message left = list_of(size, digits_at);
  const message right = are_equal ? list_of(size, digits_at) : list_of(size, [](std::int64_t i) {
    return i == 0 ? message::string("x") : digits_at(i);
  });
  measure_values(
      state, [&] { return equal(left, right); }, are_equal);
}

void construct(benchmark::State& state, std::int64_t size) {
  measure_values(
      state,
      [&] {
        std::vector<std::int64_t> numbers(static_cast<std::size_t>(size));
        std::iota(numbers.begin(), numbers.end(), first_number);
        return make_list(std::span<const std::int64_t>(numbers));
      },
      list_of(size, integer_at));
}

void slice(benchmark::State& state) {
  const message list = list_of(edited_size, integer_at);
  measure_values(
      state, [&] { return list_slice(list, 64, 448); }, integers_from(64, 384));
}

void prepend(benchmark::State& state) {
  const message list = integers_from(1, edited_size);
  measure_values(
      state, [&] { return list_prepend(integer_at(0), list); }, integers_from(0, edited_size + 1));
}

void concat(benchmark::State& state) {
  const message left = integers_from(0, edited_size / 2);
  const message right = integers_from(edited_size / 2, edited_size / 2);
  measure_values(
      state, [&] { return list_concat(left, right); }, integers_from(0, edited_size));
}

measure::scenario micro(std::string name, std::string description,
                        std::function<void(benchmark::State&)> run) {
  return {.name = std::move(name),
          .tags = {"micro", "list"},
          .description = std::move(description),
          .run = std::move(run)};
}

constexpr struct {
  const char* name;
  const char* what;
  void (*run)(benchmark::State&, std::int64_t size);
} iterations[] = {
    {"MsgListIter/n=", "integers", iterate_integers},
    {"MsgListIterScalars/int_n=", "integers", iterate_integers},
    {"MsgListIterScalars/float_n=", "floats", iterate_floats},
    {"MsgListIterScalars/bool_n=", "booleans", iterate_booleans},
    {"MsgListIterScalars/string_n=", "strings, of their lengths", iterate_strings},
};

}  // namespace

std::vector<measure::scenario> list_scenarios() {
  std::vector<measure::scenario> all;
  for (const auto& one : iterations) {
    for (const std::int64_t size : iterated_sizes) {
      const std::string n = std::to_string(size);
      all.push_back(micro(one.name + n, "the sum over a list of " + n + " " + one.what,
                          [=](benchmark::State& state) { one.run(state, size); }));
    }
  }
  for (const std::int64_t size : compared_sizes) {
    const std::string n = std::to_string(size);
    all.push_back(micro("MsgEqualList/equal_n=" + n, "two equal lists of " + n + " strings",
                        [=](benchmark::State& state) { compare(state, size, true); }));
    all.push_back(micro("MsgEqualList/unequal_early_n=" + n,
                        "two lists of " + n + " strings whose first elements differ",
                        [=](benchmark::State& state) { compare(state, size, false); }));
  }
  for (const std::int64_t size : constructed_sizes) {
    const std::string n = std::to_string(size);
    all.push_back(micro("MsgScalarContainerConstruction/list_int_n=" + n,
                        "a list of " + n + " new integers",
                        [=](benchmark::State& state) { construct(state, size); }));
  }
  all.push_back(micro("ListSlice", "the middle 384 of 512 integers", slice));
  all.push_back(micro("ListPrepend", "an integer before 512 others", prepend));
  all.push_back(micro("ListConcat", "two lists of 256 integers as one", concat));
  return all;
}

}  // namespace nevaperf::playbook
