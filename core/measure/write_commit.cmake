# Writes the commit of the source to OUTPUT as a C++ definition: cmake -DSOURCE=DIR -DOUTPUT=FILE -P write_commit.cmake
# Only if it changed, so that nothing is compiled anew without need. Without git, or outside a clone, it is empty.
set(commit "")
find_program(git git)
if(git)
  execute_process(
    COMMAND "${git}" --no-optional-locks -C "${SOURCE}" describe --always --abbrev=12 --exclude=* --dirty=+dirty
    OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
set(text "#define NEVAPERF_COMMIT \"${commit}\"\n")
set(before "")
if(EXISTS "${OUTPUT}")
  file(READ "${OUTPUT}" before)
endif()
if(NOT text STREQUAL before)
  file(WRITE "${OUTPUT}" "${text}")
endif()
