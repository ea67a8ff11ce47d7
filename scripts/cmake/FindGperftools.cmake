# Finds gperftools and defines nevaperf::tcmalloc: the full tcmalloc (its `_minimal` sibling has no malloc hooks) and, where
# the system has them in one library, the CPU profiler.
#
# The target defines NEVAPERF_TCMALLOC to 1. Under a sanitizer, which brings its own malloc, nothing is linked and the macro
# is 0: code that uses malloc hooks asks the macro.
#
# Defines nevaperf::profiler too: the CPU profiler without an allocator.
find_path(Gperftools_INCLUDE_DIR gperftools/malloc_hook.h)
find_library(Gperftools_LIBRARY NAMES tcmalloc_and_profiler tcmalloc)
find_library(Gperftools_profiler_LIBRARY NAMES profiler)
mark_as_advanced(Gperftools_INCLUDE_DIR Gperftools_LIBRARY Gperftools_profiler_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Gperftools
  REQUIRED_VARS Gperftools_LIBRARY Gperftools_profiler_LIBRARY Gperftools_INCLUDE_DIR)

if(Gperftools_FOUND AND NOT TARGET nevaperf::tcmalloc)
  add_library(nevaperf_tcmalloc INTERFACE)
  target_include_directories(nevaperf_tcmalloc SYSTEM INTERFACE "${Gperftools_INCLUDE_DIR}")
  if(NEVAPERF_SANITIZE OR NEVAPERF_FUZZ)
    target_compile_definitions(nevaperf_tcmalloc INTERFACE NEVAPERF_TCMALLOC=0)
  else()
    target_compile_definitions(nevaperf_tcmalloc INTERFACE NEVAPERF_TCMALLOC=1)
    # Linked even where no object refers to it by name: it must replace malloc for whoever asked for it.
    target_link_libraries(nevaperf_tcmalloc INTERFACE
      "-Wl,--push-state,--no-as-needed,${Gperftools_LIBRARY},--pop-state")
  endif()
  add_library(nevaperf::tcmalloc ALIAS nevaperf_tcmalloc)
endif()

if(Gperftools_FOUND AND NOT TARGET nevaperf::profiler)
  add_library(nevaperf_profiler INTERFACE)
  target_include_directories(nevaperf_profiler SYSTEM INTERFACE "${Gperftools_INCLUDE_DIR}")
  target_link_libraries(nevaperf_profiler INTERFACE "${Gperftools_profiler_LIBRARY}")
  add_library(nevaperf::profiler ALIAS nevaperf_profiler)
endif()
