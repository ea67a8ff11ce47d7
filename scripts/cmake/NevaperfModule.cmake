# The helpers that every folder's CMakeLists.txt is written with. Sources are listed by name, never globbed.

# Whatever writes a source file during the build is a dependency of this target, so that lint can have those files without
# a build: add_dependencies(nevaperf_generated MY_GENERATOR).
add_custom_target(nevaperf_generated)

# nevaperf_module(NAME SOURCES ... [DEPENDS ...] [PRIVATE_DEPENDS ...] [PCH header...])
# A static library nevaperf_NAME with the alias nevaperf::NAME; includes are written from the root.
# With HEADERS_ONLY there are no sources and the library is an interface.
function(nevaperf_module name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "HEADERS_ONLY" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS;PCH")
  nevaperf_refuse_rest(nevaperf_module ${name} "${ARG_UNPARSED_ARGUMENTS}")
  set(target nevaperf_${name})
  if(ARG_HEADERS_ONLY)
    add_library(${target} INTERFACE)
    set(seen_by INTERFACE)
    target_link_libraries(${target} INTERFACE ${ARG_DEPENDS})
  else()
    add_library(${target} STATIC ${ARG_SOURCES})
    set(seen_by PUBLIC)
    target_link_libraries(${target} PUBLIC ${ARG_DEPENDS}
      PRIVATE ${ARG_PRIVATE_DEPENDS} "$<BUILD_INTERFACE:nevaperf_warnings;nevaperf_sanitizers>")
    if(ARG_PCH)
      target_precompile_headers(${target} PRIVATE ${ARG_PCH})
    endif()
  endif()
  target_include_directories(${target} ${seen_by} "$<BUILD_INTERFACE:${nevaperf_SOURCE_DIR}>")
  target_compile_features(${target} ${seen_by} cxx_std_20)
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  add_library(nevaperf::${name} ALIAS ${target})
endfunction()

# nevaperf_test(NAME SOURCES ... [DEPENDS ...] [SERIAL])
# A Catch2 program nevaperf_test_NAME and its ctest entry NAME, labelled with the folder below tests/ that lists it
# (`ctest -L core`). SERIAL: never beside another test.
function(nevaperf_test name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "SERIAL" "" "SOURCES;DEPENDS")
  nevaperf_refuse_rest(nevaperf_test ${name} "${ARG_UNPARSED_ARGUMENTS}")
  set(target nevaperf_test_${name})
  add_executable(${target} ${ARG_SOURCES})
  target_link_libraries(${target} PRIVATE ${ARG_DEPENDS} nevaperf::test_main
    nevaperf_warnings nevaperf_sanitizers)
  target_precompile_headers(${target} REUSE_FROM nevaperf_test_pch)
  add_test(NAME ${name} COMMAND ${target})
  nevaperf_label_test(${name} ${target})
  if(ARG_SERIAL)
    set_tests_properties(${name} PROPERTIES RUN_SERIAL ON)
  endif()
endfunction()

# nevaperf_script_test(FILE...): each FILE is a Python unittest, its ctest entry is the file's name without the suffix.
function(nevaperf_script_test)
  foreach(file IN LISTS ARGN)
    cmake_path(GET file STEM name)
    add_test(NAME ${name}
      COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/${file}")
    set_tests_properties(${name} PROPERTIES ENVIRONMENT "PYTHONDONTWRITEBYTECODE=1")
    nevaperf_label_test(${name})
  endforeach()
endfunction()

# nevaperf_fuzzer(NAME SOURCES ... [DEPENDS ...] [SEEDS DIR])
# SOURCES define LLVMFuzzerTestOneInput. Under NEVAPERF_FUZZ a libFuzzer program nevaperf_fuzz_NAME, and the ctest entry
# fuzz_NAME that runs it for a fixed number of inputs; in every other build the same program only replays the inputs of
# SEEDS (a folder below the current one), so that an input that once crashed stays a test. All are built by the target
# nevaperf_fuzzers.
function(nevaperf_fuzzer name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "SEEDS" "SOURCES;DEPENDS")
  nevaperf_refuse_rest(nevaperf_fuzzer ${name} "${ARG_UNPARSED_ARGUMENTS}")
  set(target nevaperf_fuzz_${name})
  add_executable(${target} ${ARG_SOURCES})
  target_link_libraries(${target} PRIVATE ${ARG_DEPENDS} nevaperf_warnings nevaperf_sanitizers)
  set(seeds "")
  if(ARG_SEEDS)
    set(seeds "${CMAKE_CURRENT_SOURCE_DIR}/${ARG_SEEDS}")
  endif()
  if(NEVAPERF_FUZZ)
    target_link_options(${target} PRIVATE -fsanitize=fuzzer)
    # libFuzzer writes what it finds into the first folder: one of the build, so that the sources stay as they are.
    set(found "${CMAKE_CURRENT_BINARY_DIR}/${name}_found")
    file(MAKE_DIRECTORY "${found}")
    add_test(NAME fuzz_${name}
      COMMAND ${target} -runs=${NEVAPERF_FUZZ_RUNS} -seed=1 -timeout=10 -print_final_stats=1
              "-artifact_prefix=${found}/" "${found}" ${seeds})
  else()
    target_link_libraries(${target} PRIVATE nevaperf::test_replay)
    add_test(NAME fuzz_${name} COMMAND ${target} ${seeds})
  endif()
  nevaperf_label_test(fuzz_${name} ${target})
  add_dependencies(nevaperf_fuzzers ${target})
endfunction()

# Labels a test with the first folder below tests/ of the CMakeLists.txt that adds it. The target nevaperf_tests_FOLDER builds
# the programs of the tests that have this label.
function(nevaperf_label_test name)
  cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY "${nevaperf_SOURCE_DIR}/tests"
    OUTPUT_VARIABLE folder)
  string(REGEX REPLACE "/.*" "" folder "${folder}")
  set_tests_properties(${name} PROPERTIES LABELS "${folder}")
  if(NOT TARGET nevaperf_tests_${folder})
    add_custom_target(nevaperf_tests_${folder})
  endif()
  if(ARGN)
    add_dependencies(nevaperf_tests_${folder} ${ARGN})
  endif()
endfunction()

# A misspelt keyword would otherwise be swallowed as a source or dropped.
function(nevaperf_refuse_rest helper name rest)
  if(rest)
    message(FATAL_ERROR "${helper}(${name}): unknown arguments: ${rest}")
  endif()
endfunction()
