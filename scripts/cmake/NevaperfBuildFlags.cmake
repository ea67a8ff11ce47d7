# Interface targets that carry the flags of every module: warnings as errors, and the sanitizers of a preset.
add_library(nevaperf_warnings INTERFACE)
target_compile_options(nevaperf_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wold-style-cast -Wimplicit-fallthrough -Werror)

add_library(nevaperf_sanitizers INTERFACE)
if(NEVAPERF_SANITIZE)
  target_compile_options(nevaperf_sanitizers INTERFACE
    -fsanitize=${NEVAPERF_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(nevaperf_sanitizers INTERFACE -fsanitize=${NEVAPERF_SANITIZE})
endif()
