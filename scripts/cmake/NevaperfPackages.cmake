# Dependencies, found as packages; a missing one names the Debian package to install.
function(nevaperf_find package debian_package)
  find_package(${package} ${ARGN} QUIET)
  if(NOT ${package}_FOUND)
    message(FATAL_ERROR "${package} not found: install it with 'apt-get install ${debian_package}' "
      "(or run scripts/nevaperf, which installs what is missing)")
  endif()
endfunction()

nevaperf_find(Threads libc6-dev)
nevaperf_find(fmt libfmt-dev)
nevaperf_find(nlohmann_json nlohmann-json3-dev)
if(NEVAPERF_CLI)
  nevaperf_find(CLI11 libcli11-dev)
  nevaperf_find(benchmark libbenchmark-dev)
  nevaperf_find(Boost libboost-dev)
endif()
