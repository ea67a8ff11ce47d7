#include "runtime/port/selector.hpp"

namespace nevaperf::runtime {

selector::selector(std::span<channel* const> slots) : slots_(slots) {
  std::uint16_t slot = 0;
  for (channel* c : slots_) {
    c->group = this;
    c->slot = slot++;
    c->now = channel::state::special;
  }
}

}  // namespace nevaperf::runtime
