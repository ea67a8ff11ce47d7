// What structs cost: the benchmark of structs in Neva's own suite, under its name.
#include <string>
#include <vector>

#include "playbook/scenarios/families.hpp"
#include "playbook/scenarios/sample_values.hpp"
#include "playbook/scenarios/value_loop.hpp"
#include "runtime/message/structure.hpp"

namespace nevaperf::playbook {

using namespace runtime;

namespace {

constexpr std::int64_t field_count = 32;

// The field is found by its name every time, as the original does.
void get_last_of_32(benchmark::State& state) {
  std::vector<atom> names;
  for (std::int64_t i = 0; i < field_count; ++i)
    names.push_back(atom::intern("f" + std::to_string(i)));
  const shape* const form = shape::intern(names);
  std::vector<message> values(field_count);
  for (std::int64_t i = 0; i < field_count; ++i)
    values[*form->slot_of(names[static_cast<std::size_t>(i)])] = integer_at(i);
  const message whole = make_structure(form, values);
  const atom last = names.back();
  measure_values(
      state, [&] { return field_at(whole, *shape_of(whole)->slot_of(last)).as_integer(); },
      first_number + field_count - 1);
}

}  // namespace

std::vector<measure::scenario> struct_scenarios() {
  return {{.name = "MsgStructGet",
           .tags = {"micro", "struct"},
           .description = "the last of a struct's 32 fields, by its name",
           .run = get_last_of_32}};
}

}  // namespace nevaperf::playbook
