#include "core/measure/worker_server.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <optional>
#include <system_error>

#include "core/base/unique_fd.hpp"
#include "core/measure/allocation_counter.hpp"
#include "core/measure/protocol.hpp"
#include "core/measure/slice_runner.hpp"

namespace nevaperf::measure {

namespace {

base::error channel_error(const std::string& doing) {
  return {.what = "cannot " + doing + ": " + std::generic_category().message(errno),
          .where = "worker",
          .next = "a worker is started by nevaperf bench, with pipes"};
}

// Lines over a pair of descriptors that nobody else in the process knows.
class line_channel {
 public:
  static base::result<line_channel> take_standard_streams() {
    line_channel channel;
    channel.in_ = base::unique_fd(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3));
    channel.out_ = base::unique_fd(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3));
    const base::unique_fd nowhere(::open("/dev/null", O_RDWR | O_CLOEXEC));
    if (!channel.in_ || !channel.out_ || !nowhere || ::dup2(nowhere.get(), STDIN_FILENO) < 0 ||
        ::dup2(nowhere.get(), STDOUT_FILENO) < 0) {
      return channel_error("take the standard streams");
    }
    return channel;
  }

  base::result<void> write(std::string_view text) {
    while (!text.empty()) {
      const ssize_t written = ::write(out_.get(), text.data(), text.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return channel_error("answer the session");
      text.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
  }

  // Without its line break; nothing at the end of the input.
  base::result<std::optional<std::string>> read_line() {
    while (true) {
      if (const std::size_t end = buffer_.find('\n'); end != std::string::npos) {
        std::string line = buffer_.substr(0, end);
        buffer_.erase(0, end + 1);
        return std::optional(std::move(line));
      }
      char chunk[4096];
      const ssize_t got = ::read(in_.get(), chunk, sizeof chunk);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return channel_error("read a request");
      if (got == 0) return std::optional<std::string>();
      buffer_.append(chunk, static_cast<std::size_t>(got));
    }
  }

 private:
  base::unique_fd in_;
  base::unique_fd out_;
  std::string buffer_;
};

// The difference of two passes: what they share (set-up) cancels out.
answer count(slice_runner& runner, std::uint64_t iterations) {
  if (!runner.is_in_process()) return no_counts{"it works in other processes"};
  if (!allocation_counter::possible()) {
    return no_counts{"tcmalloc is not the allocator of this process"};
  }
  allocation_total of_once;
  const auto once = runner.run_counted(iterations, of_once);
  if (!once) return scenario_failure{once.error().line()};
  allocation_total of_twice;
  const auto twice = runner.run_counted(2 * iterations, of_twice);
  if (!twice) return scenario_failure{twice.error().line()};
  if (twice->iterations <= once->iterations) {
    return no_counts{"the scenario does not do as many iterations as it is asked for"};
  }
  const auto difference = [](std::uint64_t less, std::uint64_t more) {
    return static_cast<double>(more) - static_cast<double>(less);
  };
  return allocation_counts{.operations = twice->iterations - once->iterations,
                           .allocations = difference(of_once.calls, of_twice.calls),
                           .bytes = difference(of_once.bytes, of_twice.bytes)};
}

answer serve(slice_runner& runner, const request& wanted) {
  if (wanted.what == request::kind::count) return count(runner, wanted.iterations);
  auto measured = runner.run(wanted.iterations);
  if (!measured) return scenario_failure{measured.error().line()};
  return *measured;
}

}  // namespace

base::result<void> serve_scenario(const scenario& what, const std::string& tool) {
  auto channel = line_channel::take_standard_streams();
  if (!channel) return channel.error();
  slice_runner runner(what);
  const greeting hello{.tool = tool, .pid = ::getpid(), .scenario = what.name};
  if (auto sent = channel->write(write_greeting(hello)); !sent) return sent;
  while (true) {
    auto line = channel->read_line();
    if (!line) return line.error();
    if (!*line) return {};
    const auto wanted = read_request(**line);
    if (!wanted) return wanted.error().within("request to the worker");
    if (auto sent = channel->write(write_answer(serve(runner, *wanted))); !sent) return sent;
  }
}

}  // namespace nevaperf::measure
