// What a running program sees of the world: its standard streams, its arguments, its variables.
//
// Thread safety: owner only; the parts say themselves who may use them while a graph runs.
#pragma once

#include <string>
#include <vector>

#include "runtime/schedule/service_set.hpp"
#include "runtime/system/text_sink.hpp"
#include "runtime/system/text_source.hpp"
#include "runtime/system/variables.hpp"

namespace nevaperf::runtime {

struct environment {
  text_sink out;
  text_source in = {};
  std::vector<std::string> arguments = {};
  variable_table variables = {};
  service_set services = {};

  // The streams and variables of this process. Standard streams that are closed are put in the
  // place of a device that refuses, so that no file which is opened later can be mistaken for one.
  static environment of_process(std::vector<std::string> arguments);
  static environment for_tests() { return {.out = text_sink::collecting()}; }
  static environment silent() { return {.out = text_sink::discarding()}; }
};

}  // namespace nevaperf::runtime
