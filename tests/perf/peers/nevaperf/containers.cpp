// Neva's benchmarks of values, under their names and with the same sizes.
//
// Thread safety: none.
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "runtime/message/dict.hpp"
#include "runtime/message/list.hpp"
#include "runtime/message/structure.hpp"
#include "tests/perf/peers/nevaperf/groups.hpp"

namespace nevaperf::peers {

namespace {

using runtime::atom;
using runtime::message;

// The compiler must take `value` as used and as changed.
template <class T>
void keep(T& value) {
  asm volatile("" : "+m"(value) : : "memory");
}

template <class Operation>
elapsed timed(std::int64_t count, Operation&& operation) {
  const stopwatch watch;
  for (std::int64_t i = 0; i < count; ++i) operation();
  return watch.read();
}

message integer_at(std::int64_t i) {
  return message::integer(first_value + i);
}
message floating_at(std::int64_t i) {
  return message::floating(static_cast<double>(i) + 0.25);
}
message boolean_at(std::int64_t i) {
  return message::boolean(i % 2 == 0);
}
message string_at(std::int64_t i) {
  return message::string("v" + std::to_string(i));
}
message number_text_at(std::int64_t i) {
  return message::string(std::to_string(i));
}
message key_at(std::int64_t i) {
  return message::string("k" + std::to_string(i));
}

using element_maker = message (*)(std::int64_t);

message list_of(std::int64_t size, element_maker make) {
  runtime::list_builder list;
  for (std::int64_t i = 0; i < size; ++i) list.append(make(i));
  return std::move(list).build();
}

message dict_of(std::int64_t size, element_maker make) {
  std::vector<std::pair<message, message>> entries;
  for (std::int64_t i = 0; i < size; ++i) entries.emplace_back(key_at(i), make(i));
  return runtime::make_dict(std::move(entries));
}

// Sums over the typed storage: the Go original's loop runs over a slice of that type too.
template <class Stored, class Sum, std::int64_t size>
elapsed iterate(std::int64_t n, element_maker make) {
  const message l = list_of(size, make);
  const auto& payload = *static_cast<const runtime::list_payload*>(l.shared_payload());
  std::span<const Stored> stored(payload.as<Stored>(), payload.size);
  return timed(n, [&] {
    keep(stored);
    Sum sum = 0;
    for (const Stored& e : stored) {
      if constexpr (std::is_same_v<Stored, message>)
        sum += static_cast<Sum>(e.as_string().size());
      else
        sum += static_cast<Sum>(e);
    }
    keep(sum);
  });
}

template <std::int64_t size>
elapsed iterate_integers(std::int64_t n) {
  return iterate<std::int64_t, std::int64_t, size>(n, integer_at);
}
template <std::int64_t size>
elapsed iterate_floats(std::int64_t n) {
  return iterate<double, double, size>(n, floating_at);
}
template <std::int64_t size>
elapsed iterate_booleans(std::int64_t n) {
  return iterate<bool, std::int64_t, size>(n, boolean_at);
}
template <std::int64_t size>
elapsed iterate_strings(std::int64_t n) {
  return iterate<message, std::int64_t, size>(n, string_at);
}

template <std::int64_t size>
elapsed look_up_hot(std::int64_t n, element_maker make) {
  const message d = dict_of(size, make);
  message key = key_at(size - 1);
  return timed(n, [&] {
    keep(key);
    const message* found = runtime::dict_find(d, key);
    keep(found);
  });
}
template <std::int64_t size>
elapsed look_up_integer(std::int64_t n) {
  return look_up_hot<size>(n, integer_at);
}
template <std::int64_t size>
elapsed look_up_float(std::int64_t n) {
  return look_up_hot<size>(n, floating_at);
}
template <std::int64_t size>
elapsed look_up_boolean(std::int64_t n) {
  return look_up_hot<size>(n, boolean_at);
}
template <std::int64_t size>
elapsed look_up_string(std::int64_t n) {
  return look_up_hot<size>(n, string_at);
}

// An operation looks up every key once.
template <std::int64_t size>
elapsed look_up_all(std::int64_t n) {
  const message d = dict_of(size, integer_at);
  std::vector<message> keys;
  for (std::int64_t i = 0; i < size; ++i) keys.push_back(key_at(i));
  return timed(n, [&] {
    std::int64_t sum = 0;
    for (const message& key : keys) sum += runtime::dict_find(d, key)->as_integer();
    keep(sum);
  });
}

elapsed compare(std::int64_t n, message left, message right) {
  return timed(n, [&] {
    keep(left);
    bool same = equal(left, right);
    keep(same);
  });
}
template <std::int64_t size>
elapsed equal_lists(std::int64_t n) {
  return compare(n, list_of(size, number_text_at), list_of(size, number_text_at));
}
template <std::int64_t size>
elapsed unequal_lists(std::int64_t n) {
  return compare(n, list_of(size, number_text_at), list_of(size, [](std::int64_t i) {
                   return i == 0 ? message::string("x") : number_text_at(i);
                 }));
}
template <std::int64_t size>
elapsed equal_dicts(std::int64_t n) {
  return compare(n, dict_of(size, integer_at), dict_of(size, integer_at));
}
template <std::int64_t size>
elapsed dicts_of_other_kinds(std::int64_t n) {
  return compare(n, dict_of(size, integer_at), dict_of(size, number_text_at));
}

elapsed get_last_of_32(std::int64_t n) {
  std::vector<atom> names;
  for (int i = 0; i < 32; ++i) names.push_back(atom::intern("f" + std::to_string(i)));
  std::vector<message> values(32, integer_at(0));
  const message s = make_structure(runtime::shape::intern(names), values);
  atom name = names.back();
  return timed(n, [&] {
    keep(name);
    std::int64_t value = field_at(s, *shape_of(s)->slot_of(name)).as_integer();
    keep(value);
  });
}

template <std::int64_t size>
elapsed construct_list(std::int64_t n) {
  return timed(n, [&] {
    runtime::list_builder list(size);
    for (std::int64_t i = 0; i < size; ++i) list.append(integer_at(i));
    message made = std::move(list).build();
    keep(made);
  });
}
template <std::int64_t size>
elapsed construct_dict(std::int64_t n) {
  return timed(n, [&] {
    message made = dict_of(size, integer_at);
    keep(made);
  });
}

elapsed slice(std::int64_t n) {
  const message l = list_of(512, integer_at);
  return timed(n, [&] {
    message part = runtime::list_slice(l, 64, 448);
    keep(part);
  });
}

constexpr work table[] = {
    {"MsgListIter/n=8", iterate_integers<8>},
    {"MsgListIter/n=64", iterate_integers<64>},
    {"MsgListIter/n=512", iterate_integers<512>},
    {"MsgListIter/n=1024", iterate_integers<1024>},
    {"MsgListIterScalars/int_n=1024", iterate_integers<1024>},
    {"MsgListIterScalars/float_n=8", iterate_floats<8>},
    {"MsgListIterScalars/float_n=1024", iterate_floats<1024>},
    {"MsgListIterScalars/bool_n=8", iterate_booleans<8>},
    {"MsgListIterScalars/bool_n=1024", iterate_booleans<1024>},
    {"MsgListIterScalars/string_n=8", iterate_strings<8>},
    {"MsgListIterScalars/string_n=1024", iterate_strings<1024>},
    {"MsgDictLookup/hot_n=16", look_up_integer<16>},
    {"MsgDictLookup/hot_n=128", look_up_integer<128>},
    {"MsgDictLookup/hot_n=1024", look_up_integer<1024>},
    {"MsgDictLookup/mixed_n=16", look_up_all<16>},
    {"MsgDictLookup/mixed_n=128", look_up_all<128>},
    {"MsgDictLookup/mixed_n=1024", look_up_all<1024>},
    {"MsgDictLookupScalars/float_hot_n=1024", look_up_float<1024>},
    {"MsgDictLookupScalars/bool_hot_n=1024", look_up_boolean<1024>},
    {"MsgDictLookupScalars/string_hot_n=1024", look_up_string<1024>},
    {"MsgEqualList/equal_n=16", equal_lists<16>},
    {"MsgEqualList/equal_n=128", equal_lists<128>},
    {"MsgEqualList/equal_n=512", equal_lists<512>},
    {"MsgEqualList/unequal_early_n=16", unequal_lists<16>},
    {"MsgEqualList/unequal_early_n=512", unequal_lists<512>},
    {"MsgEqualDict/typed_equal_n=128", equal_dicts<128>},
    {"MsgEqualDict/typed_equal_n=512", equal_dicts<512>},
    {"MsgEqualDict/typed_different_kind_n=512", dicts_of_other_kinds<512>},
    {"MsgStructGet", get_last_of_32},
    {"MsgScalarContainerConstruction/list_int_n=8", construct_list<8>},
    {"MsgScalarContainerConstruction/list_int_n=512", construct_list<512>},
    {"MsgScalarContainerConstruction/dict_int_n=8", construct_dict<8>},
    {"MsgScalarContainerConstruction/dict_int_n=512", construct_dict<512>},
    {"ListSlice", slice},
};

}  // namespace

std::span<const work> container_works() {
  return table;
}

}  // namespace nevaperf::peers
