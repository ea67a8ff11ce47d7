// A real child process: the pipes and the reaping behind base::child.
//
// Private to core/base. Units, thread rule and invariants: process.hpp.
#pragma once

#include <sys/types.h>

#include "core/base/process.hpp"
#include "core/base/unique_fd.hpp"

namespace nevaperf::base {

class machine_child final : public child {
 public:
  machine_child(pid_t pid, bool own_group, std::size_t limit_bytes, unique_fd in, unique_fd out,
                unique_fd err);
  machine_child(const machine_child&) = delete;
  machine_child& operator=(const machine_child&) = delete;
  ~machine_child() override;

  read_outcome read_line(std::int64_t timeout_ns) override;
  result<void> write(std::string_view text, std::int64_t timeout_ns) override;
  void close_input() override { in_.reset(); }
  exit_report wait(std::int64_t timeout_ns) override;
  void kill() override;
  [[nodiscard]] std::string error_text() const override { return errors_; }
  [[nodiscard]] std::int64_t pid() const override { return pid_; }

 private:
  read_outcome take_line(std::size_t end);
  bool pump(std::int64_t wait_ns, bool or_input);
  bool reap(bool block);
  [[nodiscard]] error write_error(const std::string& reason) const;

  pid_t pid_;
  bool own_group_;
  std::size_t limit_bytes_;
  unique_fd in_, out_, err_;
  std::string output_;
  std::size_t consumed_ = 0;  // of output_
  std::size_t searched_ = 0;  // no line break before this
  std::string errors_;
  bool overflow_ = false;
  bool killed_ = false;
  std::optional<exit_report> report_;
};

}  // namespace nevaperf::base
