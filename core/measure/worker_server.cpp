#include "core/measure/worker_server.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <system_error>

#include "core/base/unique_fd.hpp"
#include "core/measure/allocation_counter.hpp"
#include "core/measure/injected_work.hpp"
#include "core/measure/instruction_counter.hpp"
#include "core/measure/proc_text.hpp"
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

// What `counter` counts of the scenario's function, by the difference of two passes: what they
// share (set-up) cancels out. `to_answer` gets the operations and the counts of both passes.
template <class Counter, class ToAnswer>
answer count_difference(slice_runner& runner, std::uint64_t iterations, Counter counter,
                        ToAnswer to_answer) {
  using total = decltype(counter.stop());
  const auto pass = [&](std::uint64_t wanted, total& counted) {
    return runner.run_watched(
        wanted, [&] { counter.start(); }, [&] { counted = counter.stop(); });
  };
  total of_once{};
  const auto once = pass(iterations, of_once);
  if (!once) return scenario_failure{once.error().line()};
  total of_twice{};
  const auto twice = pass(2 * iterations, of_twice);
  if (!twice) return scenario_failure{twice.error().line()};
  if (twice->iterations <= once->iterations) {
    return no_counts{"the scenario does not do as many iterations as it is asked for"};
  }
  return to_answer(twice->iterations - once->iterations, of_once, of_twice);
}

double difference(std::uint64_t less, std::uint64_t more) {
  return static_cast<double>(more) - static_cast<double>(less);
}

answer count(slice_runner& runner, std::uint64_t iterations) {
  if (!runner.is_in_process()) return no_counts{"it works in other processes"};
  if (!allocation_counter::possible()) {
    return no_counts{"tcmalloc is not the allocator of this process"};
  }
  return count_difference(runner, iterations, allocation_counter(),
                          [](std::uint64_t operations, const allocation_total& once,
                             const allocation_total& twice) -> answer {
                            return allocation_counts{
                                .operations = operations,
                                .allocations = difference(once.calls, twice.calls),
                                .bytes = difference(once.bytes, twice.bytes)};
                          });
}

answer count_instructions(slice_runner& runner, std::uint64_t iterations) {
  if (const std::string why = instruction_counter::why_not(); !why.empty()) return no_counts{why};
  return count_difference(runner, iterations, instruction_counter(),
                          [](std::uint64_t operations, const std::optional<std::uint64_t>& once,
                             const std::optional<std::uint64_t>& twice) -> answer {
                            if (!once || !twice)
                              return no_counts{"callgrind's counts cannot be read"};
                            return instruction_count{.operations = operations,
                                                     .instructions = difference(*once, *twice)};
                          });
}

answer usage_of(slice_runner& runner, std::uint64_t iterations) {
  const int who = runner.is_in_process() ? RUSAGE_SELF : RUSAGE_CHILDREN;
  rusage before{};
  rusage after{};
  const auto measured = runner.run_watched(
      iterations, [&] { ::getrusage(who, &before); }, [&] { ::getrusage(who, &after); });
  if (!measured) return scenario_failure{measured.error().line()};
  system_usage used{.operations = measured->iterations,
                    .voluntary_switches = static_cast<double>(after.ru_nvcsw - before.ru_nvcsw),
                    .involuntary_switches = static_cast<double>(after.ru_nivcsw - before.ru_nivcsw),
                    .peak_memory_bytes = std::nullopt};
  // Not getrusage's: that one starts with what the parent held when it started this process.
  const auto peak_kib = number_at_start<double>(
      entry_of(small_file(base::real_files(), "/proc/self/status"), "VmHWM"));
  if (runner.is_in_process() && peak_kib) used.peak_memory_bytes = *peak_kib * 1024;
  return used;
}

answer serve(slice_runner& runner, const request& wanted, double injected) {
  switch (wanted.what) {
    case request::kind::count:
      return count(runner, wanted.iterations);
    case request::kind::usage:
      return usage_of(runner, wanted.iterations);
    case request::kind::instructions:
      return count_instructions(runner, wanted.iterations);
    case request::kind::run:
      break;
  }
  auto measured = runner.run(with_injection(wanted.iterations, injected));
  if (!measured) return scenario_failure{measured.error().line()};
  if (injected > 0) measured->iterations = without_injection(measured->iterations, injected);
  return *measured;
}

}  // namespace

base::result<void> serve_requests(const greeting& hello,
                                  const std::function<answer(const request&)>& serve) {
  auto channel = line_channel::take_standard_streams();
  if (!channel) return channel.error();
  if (auto sent = channel->write(write_greeting(hello)); !sent) return sent;
  while (true) {
    auto line = channel->read_line();
    if (!line) return line.error();
    if (!*line) return {};
    const auto wanted = read_request(**line);
    const answer said =
        wanted ? serve(*wanted)
               : scenario_failure{wanted.error().within("request to the worker").line()};
    if (auto sent = channel->write(write_answer(said)); !sent) return sent;
  }
}

base::result<void> serve_scenario(const scenario& what, const std::string& tool) {
  const auto injected = injected_share(std::getenv("NEVAPERF_INJECT"));
  if (!injected) return injected.error();
  slice_runner runner(what);
  greeting hello{.tool = tool,
                 .pid = ::getpid(),
                 .scenario = what.name,
                 .more = {to_text(request::kind::usage)}};
  if (what.in_process) hello.more.emplace_back(to_text(request::kind::instructions));
  return serve_requests(
      hello, [&](const request& wanted) { return serve(runner, wanted, *injected); });
}

}  // namespace nevaperf::measure
