// One value type of a profile as stacks of named functions: what every view and every difference
// is made from.
//
// Inlined calls are frames of their own. A place without a name is "[FILE]" by the file mapped
// there, never the nearest name. Names are made harmless: control characters are shown as "?".
// Thread safety: pure functions over values.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "profiles/model/profile.hpp"

namespace nevaperf::profiles {

struct frame {
  std::string name;
  std::string file;    // of the source; empty if not known
  std::string module;  // the mapped file, or the package of a Go name; colours go by it
};

struct view_stack {
  std::uint32_t first = 0;  // of stack_view::calls
  std::uint32_t count = 0;
  std::uint32_t sample = 0;  // the index of the profile's sample
  std::int64_t value = 0;
};

struct stack_view {
  std::string type;
  std::string unit;
  std::vector<frame> frames;         // each once
  std::vector<std::uint32_t> calls;  // indexes of frames, root first
  std::vector<view_stack> stacks;
  std::int64_t total = 0;

  [[nodiscard]] std::span<const std::uint32_t> calls_of(const view_stack& s) const {
    return std::span(calls).subspan(s.first, s.count);
  }
};

// The text with control characters shown as "?": a name may come from anywhere.
[[nodiscard]] std::string harmless(const std::string& text);

// `type`: an index of p.types.
[[nodiscard]] stack_view make_stack_view(const profile& p, std::size_t type);

}  // namespace nevaperf::profiles
