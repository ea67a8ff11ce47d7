// Who waits at the slots of a select or an array port; see slot_helper.hpp.
#pragma once

#include <cstdint>

namespace nevaperf::runtime {

enum class slot_handling : std::uint8_t {
  readiness,      // the node itself, at all slots at once
  task_per_slot,  // a helper task for each slot, made for each operation
  pool,           // a bounded number of helper tasks, which the node keeps
};

}  // namespace nevaperf::runtime
