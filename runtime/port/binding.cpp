#include "runtime/port/binding.hpp"

#include <algorithm>
#include <cassert>

namespace nevaperf::runtime {

namespace {

std::span<channel* const> slots_of(std::span<const bound_port> ports, std::string_view name) {
  const auto found =
      std::find_if(ports.begin(), ports.end(), [&](const bound_port& p) { return p.name == name; });
  assert(found != ports.end() && "the port is in the function's signature");
  return found->slots;
}

}  // namespace

input binding::in(std::string_view name) const {
  return input(*slots_of(ins, name)[0]);
}
output binding::out(std::string_view name) const {
  return output(*slots_of(outs, name)[0]);
}
array_input binding::in_array(std::string_view name) const {
  return array_input(slots_of(ins, name));
}
array_output binding::out_array(std::string_view name) const {
  return array_output(slots_of(outs, name));
}

selector& binding::select_from(std::string_view name) const {
  return memory.make<selector>(slots_of(ins, name));
}

selector& binding::select_from(std::initializer_list<std::string_view> names) const {
  const std::span<channel*> slots = memory.array<channel*>(names.size());
  auto next = slots.begin();
  for (const std::string_view name : names) *next++ = slots_of(ins, name)[0];
  return memory.make<selector>(slots);
}

}  // namespace nevaperf::runtime
