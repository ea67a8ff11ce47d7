# Installs the runtime as a library of its own: archives, headers, and what find_package(nevaperf) needs to bring
# nevaperf::runtime. Includes are written as in the source tree: #include "runtime/program/program.hpp".
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(nevaperf_headers "${CMAKE_INSTALL_INCLUDEDIR}/nevaperf")
set(nevaperf_package "${CMAKE_INSTALL_LIBDIR}/cmake/nevaperf")
set(nevaperf_modules base message observe system schedule port nodes program runtime)
list(TRANSFORM nevaperf_modules PREPEND nevaperf_)

install(TARGETS ${nevaperf_modules} EXPORT nevaperf
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  INCLUDES DESTINATION "${nevaperf_headers}")
install(EXPORT nevaperf NAMESPACE nevaperf:: FILE nevaperf-targets.cmake
  DESTINATION "${nevaperf_package}")

foreach(folder IN ITEMS core/base runtime)
  install(DIRECTORY "${PROJECT_SOURCE_DIR}/${folder}/" DESTINATION "${nevaperf_headers}/${folder}"
    FILES_MATCHING PATTERN "*.hpp" PATTERN examples EXCLUDE)
endforeach()

write_basic_package_version_file("${PROJECT_BINARY_DIR}/nevaperf-config-version.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES
  "${CMAKE_CURRENT_LIST_DIR}/nevaperf-config.cmake"
  "${CMAKE_CURRENT_LIST_DIR}/FindRe2.cmake"
  "${CMAKE_CURRENT_LIST_DIR}/FindUtf8proc.cmake"
  "${PROJECT_BINARY_DIR}/nevaperf-config-version.cmake"
  DESTINATION "${nevaperf_package}")
