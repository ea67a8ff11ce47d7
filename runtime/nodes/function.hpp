// A runtime function: its name in IR files, its signature, and how to start a node of it.
//
// Families are files; each has one constant table, so registering costs nothing at start-up.
// Signatures are words separated by blanks: "left right" are single ports, "case[]" is an array
// port, "*" stands for any single ports. A port that ends in "?" may be left out of the program.
#pragma once

#include <span>
#include <string_view>

#include "core/base/error.hpp"
#include "runtime/port/binding.hpp"

namespace nevaperf::runtime {

enum class config_rule { none, required };

struct function {
  std::string_view ref;
  std::string_view ins;
  std::string_view outs;
  config_rule config = config_rule::none;
  // Starts the node, or says what is wrong with its configuration or its slots.
  base::result<node_task> (*start)(const binding&) = nullptr;
  // For the reference page, in Markdown.
  std::string_view summary;
  std::string_view config_form = {};  // what the configuration is
  std::string_view errors = {};       // what goes to `err`, and what ends the run
};

}  // namespace nevaperf::runtime
