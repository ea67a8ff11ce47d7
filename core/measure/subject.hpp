// What a session measures: a scenario by its name, and the command that starts a worker for it.
//
// The session knows no scenario's code: the command may start this program, an older build of it,
// or another program that speaks the worker protocol (worker_protocol.md).
//
// Thread safety: values; share nothing.
#pragma once

#include <string>
#include <vector>

namespace nevaperf::measure {

struct subject {
  std::string name;  // unique in a session
  std::vector<std::string> tags;
  std::string description;
  std::vector<std::string> command;  // argv of its worker
  bool is_pinned = true;             // false: it runs several threads, which one CPU would change
};

}  // namespace nevaperf::measure
