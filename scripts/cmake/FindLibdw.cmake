# Finds libdw and libelf of elfutils and defines nevaperf::libdw.
find_path(Libdw_INCLUDE_DIR elfutils/libdwfl.h)
find_library(Libdw_LIBRARY NAMES dw)
find_library(Libdw_elf_LIBRARY NAMES elf)
mark_as_advanced(Libdw_INCLUDE_DIR Libdw_LIBRARY Libdw_elf_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Libdw
  REQUIRED_VARS Libdw_LIBRARY Libdw_elf_LIBRARY Libdw_INCLUDE_DIR)

if(Libdw_FOUND AND NOT TARGET nevaperf::libdw)
  add_library(nevaperf_libdw INTERFACE)
  target_include_directories(nevaperf_libdw SYSTEM INTERFACE "${Libdw_INCLUDE_DIR}")
  target_link_libraries(nevaperf_libdw INTERFACE "${Libdw_LIBRARY}" "${Libdw_elf_LIBRARY}")
  add_library(nevaperf::libdw ALIAS nevaperf_libdw)
endif()
