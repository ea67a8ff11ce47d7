// A function's view of its place in a graph while it is wired: its ports by name, its
// configuration, the world.
//
// The ports were checked against the function's signature before, so looking one up by a name of
// the signature cannot fail. What `binding` hands out lives as long as the graph.
//
// Thread safety: owner only.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "core/base/error.hpp"
#include "runtime/port/ports.hpp"
#include "runtime/schedule/cluster.hpp"
#include "runtime/schedule/environment.hpp"
#include "runtime/schedule/frame_arena.hpp"

namespace nevaperf::runtime {

struct bound_port {
  std::string_view name;
  std::span<channel* const> slots;  // one for a single port
  bool is_array = false;
};

struct binding {
  std::span<const bound_port> ins;
  std::span<const bound_port> outs;
  message config;  // `none` if the node has none
  environment& world;
  cluster& home;
  frame_arena& memory;

  [[nodiscard]] input in(std::string_view name) const;
  [[nodiscard]] output out(std::string_view name) const;
  [[nodiscard]] array_input in_array(std::string_view name) const;
  [[nodiscard]] array_output out_array(std::string_view name) const;
  // Makes the array port a select. To be called once a port, while wiring.
  [[nodiscard]] selector& select_from(std::string_view name) const;
  // The same for several single ports.
  [[nodiscard]] selector& select_from(std::initializer_list<std::string_view> names) const;
};

// Node functions end here: co_await forever{} suspends for good.
using forever = std::suspend_always;

}  // namespace nevaperf::runtime
