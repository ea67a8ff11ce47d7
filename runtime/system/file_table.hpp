// The open files of a program, by handle.
//
// Handles count up from 3 and are never used again; 0, 1 and 2 are the standard streams, which are
// not in the table. A file that is closed while another node reads or writes it stays open until
// that is done.
//
// Thread safety: any thread. The offset of one file is shared, as the system shares it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "runtime/system/descriptor.hpp"

namespace nevaperf::runtime {

struct open_file {
  descriptor at;
  std::string path;  // for error texts
};

class file_table {
 public:
  static constexpr std::int64_t first_handle = 3;

  std::int64_t add(descriptor at, std::string path);
  // Null if there is none.
  [[nodiscard]] std::shared_ptr<open_file> find(std::int64_t handle) const;
  std::shared_ptr<open_file> remove(std::int64_t handle);

 private:
  mutable std::mutex lock_;
  std::map<std::int64_t, std::shared_ptr<open_file>> files_;
  std::int64_t next_ = first_handle;
};

}  // namespace nevaperf::runtime
