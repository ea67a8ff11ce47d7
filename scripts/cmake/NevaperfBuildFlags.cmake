# Interface targets that carry the flags of every module: the warnings, and the sanitizers of a preset.
add_library(nevaperf_warnings INTERFACE)
target_compile_options(nevaperf_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wold-style-cast -Wimplicit-fallthrough)
if(NEVAPERF_WERROR)
  target_compile_options(nevaperf_warnings INTERFACE -Werror)
endif()

add_library(nevaperf_sanitizers INTERFACE)
set(nevaperf_sanitize "${NEVAPERF_SANITIZE}")
if(NEVAPERF_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "NEVAPERF_FUZZ needs clang++ (libFuzzer), not ${CMAKE_CXX_COMPILER}: "
      "configure with 'cmake --preset fuzz'")
  endif()
  set(nevaperf_sanitize "fuzzer-no-link,address,undefined")
  set(NEVAPERF_FUZZ_RUNS 20000 CACHE STRING "Inputs that ctest gives each fuzzer")
endif()
if(nevaperf_sanitize)
  target_compile_options(nevaperf_sanitizers INTERFACE
    -fsanitize=${nevaperf_sanitize} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(nevaperf_sanitizers INTERFACE -fsanitize=${nevaperf_sanitize})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # The instrumentation itself sets these off in g++ 12; the plain builds keep them as errors.
    target_compile_options(nevaperf_sanitizers INTERFACE
      -Wno-maybe-uninitialized -Wno-stringop-overflow)
  endif()
endif()

# Compile through ccache where it is installed. A precompiled header carries time stamps: ccache must be told not to mind
# them, else no source that uses one is ever cached.
if(PROJECT_IS_TOP_LEVEL AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(NEVAPERF_CCACHE ccache)
  if(NEVAPERF_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER
      /usr/bin/env CCACHE_SLOPPINESS=pch_defines,time_macros "${NEVAPERF_CCACHE}")
  endif()
endif()
if(CMAKE_CXX_COMPILER_LAUNCHER MATCHES "ccache" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(nevaperf_warnings INTERFACE -fpch-preprocess)
endif()
