// Runs one node of a function with given messages and tells what it sends, as one text.
//
//   CHECK(run_node("int_add", "left 1 2; right 3 4") == "res 4 6");
//
// Inputs are sections "port values" separated by ";" in the notation of value_text.hpp; "case[1]"
// is a slot. Every section has a sender of its own, so ports get their messages in no fixed order;
// sections after "order:" are sent by one sender, one message after the other: "data[0] 1; order:
// data[1] 2; data[0] 3". A port without values ("data[2]") is connected and stays silent; so are
// single ports that are not named.
//
// The result has a section "port values" for each run of messages from one port, then, after "; ",
// what else happened: `stdout "..."`, `failed at in:left: ...`, `panicked: ...`, `exited 3`, or
// "endless" if the node never comes to rest.
//
// Thread safety: owner only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/message/message.hpp"
#include "runtime/schedule/environment.hpp"

namespace nevaperf::tests {

struct node_options {
  runtime::message config = {};  // of the node
  std::size_t out_slots = 0;     // of array outputs; 0: as many as the array input of that name
  std::uint64_t most_steps = 100000;
  runtime::environment* world = nullptr;  // null: one of its own; services stay between runs
};

std::string run_node(std::string_view ref, std::string_view inputs, node_options options = {});

}  // namespace nevaperf::tests
