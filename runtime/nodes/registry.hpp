// All runtime functions, by ref.
//
// Thread safety: constant.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "runtime/nodes/function.hpp"

namespace nevaperf::runtime {

const function* find_function(std::string_view ref);

// The families in the order of the reference page.
struct function_family {
  std::string_view name;
  std::span<const function> functions;
};
std::span<const function_family> function_families();

// The known ref that is closest to a misspelt one; empty if none is close.
std::string_view closest_ref(std::string_view ref);

}  // namespace nevaperf::runtime
