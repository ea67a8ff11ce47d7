// Getting at a field of structs that mostly have one shape: the slot is looked up once for each
// shape that comes along.
//
// Thread safety: owner only.
#pragma once

#include <cstddef>
#include <string>

#include "runtime/message/structure.hpp"
#include "runtime/port/ports.hpp"

namespace nevaperf::runtime {

class field_step {
 public:
  explicit field_step(atom name) : name_(name) {}

  // `whole` came from `port`; the run fails if it is no struct with the field.
  const message& in(const input& port, const message& whole) {
    if (!whole.is(kind::structure)) reject(port, whole);
    if (const shape* s = shape_of(whole); s != last_shape_) [[unlikely]] {
      const auto slot = s->slot_of(name_);
      if (!slot) reject(port, whole);
      last_shape_ = s;
      slot_ = *slot;
    }
    return field_at(whole, slot_);
  }

 private:
  [[noreturn]] void reject(const input& port, const message& m) const {
    port.reject("a struct with the field '" + std::string(name_.text()) + "'", m);
  }

  atom name_;
  const shape* last_shape_ = nullptr;
  std::size_t slot_ = 0;
};

}  // namespace nevaperf::runtime
