#include "core/measure/build_info.hpp"

#include <string_view>

#include "core/measure/allocation_counter.hpp"
#include "nevaperf_commit.inc"

namespace nevaperf::measure {

namespace {

std::string compiler_name() {
#if defined(__clang__)
  return "clang++ " + std::to_string(__clang_major__) + "." + std::to_string(__clang_minor__) +
         "." + std::to_string(__clang_patchlevel__);
#else
  return "g++ " + std::to_string(__GNUC__) + "." + std::to_string(__GNUC_MINOR__) + "." +
         std::to_string(__GNUC_PATCHLEVEL__);
#endif
}

void set_unless_empty(std::optional<std::string>& field, std::string_view value) {
  if (!value.empty()) field = std::string(value);
}

}  // namespace

void describe_build(model::environment& into) {
  into.compiler = compiler_name();
  set_unless_empty(into.build_type, NEVAPERF_BUILD_TYPE);
  set_unless_empty(into.build_flags, NEVAPERF_BUILD_FLAGS);
  set_unless_empty(into.sanitizers, NEVAPERF_SANITIZERS);
  into.allocator = allocator_name();
  set_unless_empty(into.commit, NEVAPERF_COMMIT);
}

}  // namespace nevaperf::measure
