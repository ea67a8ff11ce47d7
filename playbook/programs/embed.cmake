# nevaperf_embed_programs(OUTPUT FILE...): writes the source that defines embedded_programs() (embedded.hpp).
function(nevaperf_embed_programs output)
  set(entries "")
  foreach(file IN LISTS ARGN)
    set(path "${CMAKE_CURRENT_SOURCE_DIR}/${file}")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${path}")
    file(READ "${path}" text)
    cmake_path(GET file STEM name)
    string(JSON description GET "${text}" comment)
    string(APPEND entries "    {\"${name}\", R\"nevaperf(${description})nevaperf\", R\"nevaperf(${text})nevaperf\"},\n")
  endforeach()
  file(CONFIGURE OUTPUT "${output}" @ONLY CONTENT [[
#include "playbook/programs/embedded.hpp"

namespace nevaperf::playbook {

namespace {

constexpr embedded_program table[] = {
@entries@};

}  // namespace

std::span<const embedded_program> embedded_programs() {
  return table;
}

}  // namespace nevaperf::playbook
]])
endfunction()
