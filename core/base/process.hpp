// The seam to child processes: start one with pipes, talk to it by lines, wait for its end with
// what it used.
//
// Units: timeouts in nanoseconds on the monotonic clock; `forever` waits without limit. Memory in
// bytes. Thread safety: a child: owner only. real_processes(): any thread; a child is killed when
// the thread that started it ends (PR_SET_PDEATHSIG), so that no child outlives a crashed parent.
// Invariants: descriptors are close-on-exec; a child is always reaped: the destructor kills what
// still runs; writing to a child that died is an error value, never a SIGPIPE.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.hpp"

namespace nevaperf::base {

constexpr std::int64_t forever = -1;

enum class stream {
  pipe,     // to this process
  inherit,  // the parent's own
  null,     // /dev/null
};

struct process_options {
  std::vector<std::string> argv;  // argv[0] is looked up in PATH
  std::vector<std::pair<std::string, std::string>>
      environment;         // added to the parent's, or replacing
  std::optional<int> cpu;  // run on this CPU only
  stream in = stream::pipe;
  stream out = stream::pipe;
  stream err = stream::pipe;
  // The child leads a process group of its own, so that a kill reaches its children too. Off for a
  // program that shares the terminal with the user.
  bool own_group = true;
  std::size_t output_limit_bytes = std::size_t{256}
                                   << 20;  // unread output kept, and the longest line
};

struct resource_usage {
  std::int64_t user_ns = 0;
  std::int64_t system_ns = 0;
  std::int64_t peak_memory_bytes = 0;
  std::int64_t minor_faults = 0;
  std::int64_t major_faults = 0;
  std::int64_t voluntary_switches = 0;
  std::int64_t involuntary_switches = 0;
};

// How a child ended: by itself with a status, or by a signal.
struct exit_report {
  int status = 0;       // 0..255; only if signal == 0
  int signal = 0;       // 0: none
  bool killed = false;  // by us: kill() or a deadline
  resource_usage used;

  [[nodiscard]] bool clean() const { return status == 0 && signal == 0; }
  // "exit status 3", "killed by SIGSEGV (segmentation fault)", "killed by nevaperf".
  [[nodiscard]] std::string words() const;
};

struct read_outcome {
  enum class kind { line, end, timeout, failure };
  kind what;
  std::string text;  // line: without its line break; failure: the reason
};

class child {
 public:
  virtual ~child() = default;

  // One line of standard output. `end`: the child closed it; a last line without a break comes
  // before.
  virtual read_outcome read_line(std::int64_t timeout_ns) = 0;

  // All of `text` to standard input, reading output meanwhile so that neither side blocks the
  // other.
  virtual result<void> write(std::string_view text, std::int64_t timeout_ns) = 0;
  virtual void close_input() = 0;

  // Waits for the end; output that is not read yet is kept for read_line. After `timeout_ns` the
  // child is killed.
  virtual exit_report wait(std::int64_t timeout_ns) = 0;
  virtual void kill() = 0;

  // What came on standard error so far; the last 64 KiB of it.
  [[nodiscard]] virtual std::string error_text() const = 0;
  [[nodiscard]] virtual std::int64_t pid() const = 0;
};

class process_launcher {
 public:
  virtual ~process_launcher() = default;
  // An unknown program, or a CPU that this process may not use, is an error here and not a status
  // of the child.
  virtual result<std::unique_ptr<child>> start(const process_options& options) = 0;
};

[[nodiscard]] process_launcher& real_processes();

struct process_output {
  exit_report exit;
  std::string out;
  std::string err;
};

// Runs a program to its end: `input` to its standard input, all of its output back. The error is
// for a program that cannot be started or whose output passes the limit; a bad status is in `exit`.
[[nodiscard]] result<process_output> run_process(process_launcher& launcher,
                                                 const process_options& options,
                                                 std::string_view input, std::int64_t timeout_ns);

}  // namespace nevaperf::base
