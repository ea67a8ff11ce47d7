# Finds protozero (headers alone) and defines nevaperf::protozero.
find_path(Protozero_INCLUDE_DIR protozero/pbf_reader.hpp)
mark_as_advanced(Protozero_INCLUDE_DIR)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Protozero REQUIRED_VARS Protozero_INCLUDE_DIR)

if(Protozero_FOUND AND NOT TARGET nevaperf::protozero)
  add_library(nevaperf_protozero INTERFACE)
  target_include_directories(nevaperf_protozero SYSTEM INTERFACE "${Protozero_INCLUDE_DIR}")
  add_library(nevaperf::protozero ALIAS nevaperf_protozero)
endif()
