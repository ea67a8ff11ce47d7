#include <link.h>
#include <unwind.h>

#include "profiles/preload/stack_recorder.hpp"

extern "C" int _dl_find_object(void* address, dl_find_object* found) __attribute__((weak));

namespace nevaperf::preload {

namespace {

struct walk_state {
  const void** into;
  std::uint32_t room;
  std::uint32_t depth;
  std::uintptr_t own_start, own_limit, hidden_start, hidden_limit;
};

_Unwind_Reason_Code visit(_Unwind_Context* context, void* argument) {
  auto& state = *static_cast<walk_state*>(argument);
  const std::uintptr_t address = ::_Unwind_GetIP(context);
  if (address == 0) return _URC_END_OF_STACK;
  const bool is_own = (address >= state.own_start && address < state.own_limit) ||
                      (address >= state.hidden_start && address < state.hidden_limit);
  if (is_own && state.depth == 0) return _URC_NO_REASON;
  state.into[state.depth++] = reinterpret_cast<const void*>(address);
  return state.depth == state.room ? _URC_END_OF_STACK : _URC_NO_REASON;
}

}  // namespace

void stack_walker::prepare(const void* hides) {
  const auto range_of = [](const void* address) -> range {
    dl_find_object found{};
    if (_dl_find_object == nullptr || address == nullptr ||
        _dl_find_object(const_cast<void*>(address), &found) != 0)
      return {};
    return {reinterpret_cast<std::uintptr_t>(found.dlfo_map_start),
            reinterpret_cast<std::uintptr_t>(found.dlfo_map_end)};
  };
  own_ = range_of(reinterpret_cast<const void*>(&visit));
  hidden_ = range_of(hides);
  const void* stack[4];
  walk(stack, 4);
}

std::uint32_t stack_walker::walk(const void** into, std::uint32_t room) const {
  walk_state state{into, room, 0, own_.start, own_.limit, hidden_.start, hidden_.limit};
  ::_Unwind_Backtrace(visit, &state);
  return state.depth;
}

}  // namespace nevaperf::preload
