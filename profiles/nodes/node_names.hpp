// The names of the nodes of all graphs of a process, as a file for who reads its profile.
//
//   {"schema": "nevaperf.nodes/1", "graphs": [["in", "sum", ...], ...]}    (graph 1, 2, ...)
//
// Thread safety: values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nevaperf::profiles {

// Of this process.
[[nodiscard]] std::string write_node_names();

class node_names {
 public:
  // What cannot be read has no names.
  [[nodiscard]] static node_names read(std::string_view text);

  // Of a word of runtime/observe/instruments.hpp. Empty: no node.
  [[nodiscard]] std::string name_of(std::uint64_t work_word) const;

 private:
  std::vector<std::vector<std::string>> graphs_;
};

}  // namespace nevaperf::profiles
