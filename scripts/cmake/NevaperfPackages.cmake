# Dependencies, found as packages. All that are missing are named together, each with the Debian package that brings it.
# A package is also listed in scripts/packages.txt, from which scripts/setup installs.
set(nevaperf_missing "")

# nevaperf_find(PACKAGE DEBIAN_PACKAGE [find_package arguments])
macro(nevaperf_find package debian_package)
  find_package(${package} ${ARGN} QUIET)
  if(NOT ${package}_FOUND)
    list(APPEND nevaperf_missing "${package}=${debian_package}")
  endif()
endmacro()

nevaperf_find(Threads libc6-dev)
nevaperf_find(fmt libfmt-dev)
nevaperf_find(nlohmann_json nlohmann-json3-dev)
nevaperf_find(Re2 libre2-dev)
nevaperf_find(Utf8proc libutf8proc-dev)
nevaperf_find(CURL libcurl4-openssl-dev)
nevaperf_find(PNG libpng-dev)
if(NEVAPERF_CLI)
  nevaperf_find(CLI11 libcli11-dev)
  nevaperf_find(benchmark libbenchmark-dev)
  nevaperf_find(Boost libboost-dev)
  nevaperf_find(Gperftools libgoogle-perftools-dev)
endif()
if(NEVAPERF_TESTS AND NOT NEVAPERF_FUZZ)
  nevaperf_find(Catch2 catch2)
  nevaperf_find(Python3 python3 COMPONENTS Interpreter)
endif()

if(nevaperf_missing)
  list(TRANSFORM nevaperf_missing REPLACE "=.*" "" OUTPUT_VARIABLE nevaperf_names)
  list(TRANSFORM nevaperf_missing REPLACE ".*=" "" OUTPUT_VARIABLE nevaperf_debs)
  list(JOIN nevaperf_names ", " nevaperf_names)
  list(JOIN nevaperf_debs " " nevaperf_debs)
  message(FATAL_ERROR "not found: ${nevaperf_names}\n"
    "Install them: apt-get install ${nevaperf_debs}\n"
    "(scripts/nevaperf and scripts/test install by themselves what is missing)")
endif()
