# nevaperf_module(NAME SOURCES ... [DEPENDS ...] [PCH header...])
# A static library nevaperf_NAME with the alias nevaperf::NAME; includes are written from the root.
# With HEADERS_ONLY there are no sources and the library is an interface.
function(nevaperf_module name)
  cmake_parse_arguments(ARG "HEADERS_ONLY" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS;PCH" ${ARGN})
  set(target nevaperf_${name})
  if(ARG_HEADERS_ONLY)
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>")
    target_link_libraries(${target} INTERFACE ${ARG_DEPENDS})
  else()
    add_library(${target} STATIC ${ARG_SOURCES})
    target_include_directories(${target} PUBLIC "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>")
    target_link_libraries(${target} PUBLIC ${ARG_DEPENDS}
      PRIVATE ${ARG_PRIVATE_DEPENDS} $<BUILD_INTERFACE:nevaperf_warnings>
      $<BUILD_INTERFACE:nevaperf_sanitizers>)
    if(ARG_PCH)
      target_precompile_headers(${target} PRIVATE ${ARG_PCH})
    endif()
  endif()
  add_library(nevaperf::${name} ALIAS ${target})
endfunction()

# nevaperf_test(NAME SOURCES ... DEPENDS ...): a Catch2 program nevaperf_test_NAME, one ctest entry a program.
function(nevaperf_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  set(target nevaperf_test_${name})
  add_executable(${target} ${ARG_SOURCES})
  target_link_libraries(${target} PRIVATE ${ARG_DEPENDS} nevaperf::test_main
    nevaperf_warnings nevaperf_sanitizers)
  target_precompile_headers(${target} REUSE_FROM nevaperf_test_pch)
  add_test(NAME ${name} COMMAND ${target})
endfunction()
