// The tables of the families, one a file of this folder.
#pragma once

#include <span>

#include "runtime/nodes/function.hpp"

namespace nevaperf::runtime {

std::span<const function> plumbing_functions();
std::span<const function> accumulator_functions();
std::span<const function> routing_functions();
std::span<const function> logic_functions();
std::span<const function> integer_functions();
std::span<const function> float_functions();
std::span<const function> string_functions();
std::span<const function> conversion_functions();
std::span<const function> regexp_functions();
std::span<const function> record_functions();
std::span<const function> list_functions();
std::span<const function> stream_functions();
std::span<const function> stream_pairing_functions();
std::span<const function> console_functions();
std::span<const function> console_input_functions();
std::span<const function> file_functions();
std::span<const function> os_variable_functions();
std::span<const function> os_process_functions();
std::span<const function> os_path_functions();
std::span<const function> dotenv_functions();
std::span<const function> time_functions();
std::span<const function> http_functions();
std::span<const function> image_functions();

}  // namespace nevaperf::runtime
