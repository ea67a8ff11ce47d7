// The variants of channels and selects that must all behave alike, for tests to go through.
//
// Thread safety: constants.
#pragma once

#include "runtime/program/graph.hpp"

namespace nevaperf::tests {

struct named_variant {
  const char* name;
  runtime::graph::channel_variant how;
};

inline constexpr named_variant variants[] = {
    {"default", {}},
    {"boxed", {.message = runtime::message_form::boxed}},
    {"tagged48", {.message = runtime::message_form::tagged48}},
    {"task per slot", {.slots = runtime::slot_handling::task_per_slot}},
    {"pool", {.slots = runtime::slot_handling::pool}},
    {"buffers, boxed, task per slot",
     {.capacity = 3,
      .message = runtime::message_form::boxed,
      .slots = runtime::slot_handling::task_per_slot}},
    {"buffers, tagged48, pool",
     {.capacity = 1,
      .message = runtime::message_form::tagged48,
      .slots = runtime::slot_handling::pool}},
};

}  // namespace nevaperf::tests
