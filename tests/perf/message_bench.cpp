// What the hot operations of runtime/message cost. Run it by hand, pinned: no test judges times.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "runtime/message/dict.hpp"
#include "runtime/message/list.hpp"
#include "runtime/message/structure.hpp"

namespace {

using namespace nevaperf::runtime;

void copy_of(benchmark::State& state, const message& m) {
  message to;
  for (auto _ : state) {
    to = m;
    benchmark::DoNotOptimize(to);
  }
}

void scalar_copy(benchmark::State& state) {
  copy_of(state, message::integer(42));
}
void short_string_copy(benchmark::State& state) {
  copy_of(state, message::string("fourteen bytes"));
}
void long_string_copy(benchmark::State& state) {
  copy_of(state, message::string("fifteen bytes.."));
}

void make_string(benchmark::State& state) {
  std::string text(static_cast<std::size_t>(state.range(0)), 'x');
  for (auto _ : state) {
    benchmark::DoNotOptimize(text.data());
    message m = message::string(text);
    benchmark::DoNotOptimize(m);
  }
}

void union_wrap_unwrap(benchmark::State& state) {
  const atom tag = atom::intern("Data");
  std::int64_t value = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(value);
    message wrapped = message::tagged(tag, message::integer(value));
    benchmark::DoNotOptimize(wrapped);
    value = wrapped.data().as_integer() + 1;
  }
}

message ints(std::int64_t n) {
  list_builder builder(static_cast<std::size_t>(n));
  for (std::int64_t i = 0; i < n; ++i) builder.append(message::integer(i));
  return std::move(builder).build();
}

void list_sum_1000(benchmark::State& state) {
  const message l = ints(1000);
  for (auto _ : state) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < list_size(l); ++i) sum += list_at(l, i).as_integer();
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * 1000);
}

void list_append_chain(benchmark::State& state) {
  for (auto _ : state) {
    message l = empty_list();
    for (std::int64_t i = 0; i < 1000; ++i) l = list_append(std::move(l), message::integer(i));
    benchmark::DoNotOptimize(l);
  }
  state.SetItemsProcessed(state.iterations() * 1000);
}

void list_equal_1000(benchmark::State& state) {
  const message a = ints(1000);
  const message b = ints(1000);
  for (auto _ : state) {
    bool same = equal(a, b);
    benchmark::DoNotOptimize(same);
  }
}

void scalar_equal(benchmark::State& state) {
  message a = message::integer(7);
  const message b = message::integer(7);
  for (auto _ : state) {
    benchmark::DoNotOptimize(a);
    bool same = equal(a, b);
    benchmark::DoNotOptimize(same);
  }
}

std::string_view as_text(const message& key) {
  return key.as_string();
}
const message& as_message(const message& key) {
  return key;
}

// Looks for `wanted` of the keys in turn; the keys and their table stay in the caches.
template <class Key>
void dict_get(benchmark::State& state, const std::string& prefix, std::size_t wanted, Key key_of) {
  std::vector<std::pair<message, message>> entries;
  std::vector<message> keys;
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    keys.push_back(message::string(prefix + std::to_string(i)));
    entries.emplace_back(keys.back(), message::integer(i));
  }
  const message d = make_dict(std::move(entries));
  std::size_t at = 0;
  for (auto _ : state) {
    const message* found = dict_find(d, key_of(keys[at]));
    benchmark::DoNotOptimize(found);
    at = at + 1 == wanted ? 0 : at + 1;
  }
}

void dict_get_short_key(benchmark::State& state) {
  dict_get(state, "key", 16, as_text);
}
void dict_get_message_key(benchmark::State& state) {
  dict_get(state, "key", 16, as_message);
}
void dict_get_long_key(benchmark::State& state) {
  dict_get(state, "a key of over 14 bytes ", 16, as_text);
}
void dict_get_all_keys(benchmark::State& state) {
  dict_get(state, "key", static_cast<std::size_t>(state.range(0)), as_message);
}

std::vector<atom> field_names(std::size_t n) {
  std::vector<atom> names;
  for (std::size_t i = 0; i < n; ++i) names.push_back(atom::intern("field" + std::to_string(i)));
  return names;
}

void struct_get_last_of_32(benchmark::State& state) {
  const shape* const s = shape::intern(field_names(32));
  std::vector<message> values(32, message::integer(1));
  const message m = make_structure(s, values);
  const std::size_t slot = *s->slot_of(s->fields().back());
  for (auto _ : state) {
    message value = field_at(m, slot);
    benchmark::DoNotOptimize(value);
  }
}

void struct_build_3(benchmark::State& state) {
  const shape* const s = shape::intern(field_names(3));
  for (auto _ : state) {
    message values[] = {message::integer(1), message::integer(2), message::integer(3)};
    message m = make_structure(s, values);
    benchmark::DoNotOptimize(m);
  }
}

BENCHMARK(scalar_copy);
BENCHMARK(short_string_copy);
BENCHMARK(long_string_copy);
BENCHMARK(make_string)->Arg(5)->Arg(14)->Arg(15)->Arg(1000);
BENCHMARK(union_wrap_unwrap);
BENCHMARK(list_sum_1000);
BENCHMARK(list_append_chain);
BENCHMARK(list_equal_1000);
BENCHMARK(scalar_equal);
BENCHMARK(dict_get_short_key)->Arg(16)->Arg(10000);
BENCHMARK(dict_get_message_key)->Arg(16)->Arg(10000);
BENCHMARK(dict_get_long_key)->Arg(16)->Arg(10000);
BENCHMARK(dict_get_all_keys)->Arg(16)->Arg(10000);
BENCHMARK(struct_get_last_of_32);
BENCHMARK(struct_build_3);

}  // namespace
