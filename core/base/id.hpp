// Distinct id types: an index that cannot be mixed with an index of another kind.
//
// id<Tag> is a 32-bit number whose type says what it counts. There is no conversion between two
// kinds and none from a bare number without writing it out: `node_id(3)`. Invariant: none() is the
// one value that names nothing; every other value is an index from 0 up.
//
// Thread safety: values; share nothing.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

namespace nevaperf::base {

template <class Tag>
class id {
 public:
  constexpr explicit id(std::uint32_t index) : index_(index) {}
  static constexpr id none() { return id(std::numeric_limits<std::uint32_t>::max()); }

  [[nodiscard]] constexpr std::uint32_t index() const { return index_; }
  [[nodiscard]] constexpr bool is_none() const { return *this == none(); }
  friend constexpr auto operator<=>(id, id) = default;

 private:
  std::uint32_t index_;
};

using node_id = id<struct node_tag>;          // a node of a running program
using port_id = id<struct port_tag>;          // a port of a node
using function_id = id<struct function_tag>;  // a runtime function, or a function of a profile
using stack_id = id<struct stack_tag>;        // a call stack of a profile

}  // namespace nevaperf::base

template <class Tag>
struct std::hash<nevaperf::base::id<Tag>> {
  std::size_t operator()(nevaperf::base::id<Tag> value) const noexcept { return value.index(); }
};
