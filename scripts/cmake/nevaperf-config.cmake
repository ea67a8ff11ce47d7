# Installed: find_package(nevaperf) reads this and brings nevaperf::runtime.
include(CMakeFindDependencyMacro)
list(PREPEND CMAKE_MODULE_PATH "${CMAKE_CURRENT_LIST_DIR}")
find_dependency(Threads)
find_dependency(Re2)
find_dependency(Utf8proc)
find_dependency(PNG)
list(POP_FRONT CMAKE_MODULE_PATH)
include("${CMAKE_CURRENT_LIST_DIR}/nevaperf-targets.cmake")
