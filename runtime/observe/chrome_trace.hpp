// A causal trace as Chrome trace JSON (the JSON Object Format of the Trace Event Format), which
// Perfetto and chrome://tracing open.
//
//   a row ("thread") for each node, by its path    a slice for each step of the node
//   an arrow for each message                      from the step that sent it to the step that got
//   it an instant for each wait                       "waits to receive", "waits to send", "waits
//   to select", with the ports an instant "sent, not taken"                   for a message that
//   nobody had received at the end
//
// A message that was handed to a waiting node points at the step which it caused. Arrows of which
// an end was dropped or never came are left out, so every arrow has both its ends. Events are in
// the order of their times (microseconds with three decimals). `otherData.dropped_events` counts
// the oldest events, for which there was no room.
//
// Thread safety: after the run.
#pragma once

#include <functional>
#include <string_view>

#include "runtime/observe/graph_names.hpp"
#include "runtime/observe/trace.hpp"

namespace nevaperf::runtime {

// Hands the JSON to `write` piece by piece; stops when it returns false.
void write_chrome_trace(const trace& recorded, const graph_names& names,
                        const std::function<bool(std::string_view)>& write);

}  // namespace nevaperf::runtime
