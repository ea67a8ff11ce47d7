#include "core/base/machine_child.hpp"

#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <system_error>

#include "core/base/clock.hpp"

namespace nevaperf::base {

namespace {

constexpr std::size_t error_text_limit_bytes = 64 << 10;

std::string errno_text(int value) {
  return std::generic_category().message(value);
}

// A point in time to be done by; far away for `forever`.
class deadline {
 public:
  explicit deadline(std::int64_t timeout_ns)
      : at_ns_(timeout_ns < 0 ? forever : system_clock().monotonic_ns() + timeout_ns) {}
  // At least 0; at most `step_ns`.
  [[nodiscard]] std::int64_t left_ns(std::int64_t step_ns) const {
    if (at_ns_ == forever) return step_ns;
    return std::clamp<std::int64_t>(at_ns_ - system_clock().monotonic_ns(), 0, step_ns);
  }
  [[nodiscard]] bool passed() const { return left_ns(1) == 0; }

 private:
  std::int64_t at_ns_;
};

constexpr std::int64_t long_step_ns = 3'600'000'000'000;

timespec to_timespec(std::int64_t ns) {
  timespec time{};
  time.tv_sec = static_cast<std::time_t>(ns / 1'000'000'000);
  time.tv_nsec = static_cast<long>(ns % 1'000'000'000);
  return time;
}

// Holds back SIGPIPE of this thread while it writes, and takes away the one that its write raised,
// without touching the signal settings of the whole program.
class sigpipe_guard {
 public:
  sigpipe_guard() {
    ::sigemptyset(&only_pipe_);
    ::sigaddset(&only_pipe_, SIGPIPE);
    sigset_t pending;
    ::sigpending(&pending);
    was_pending_ = ::sigismember(&pending, SIGPIPE) == 1;
    ::pthread_sigmask(SIG_BLOCK, &only_pipe_, &before_);
  }
  ~sigpipe_guard() {
    const timespec at_once{};
    if (!was_pending_) {
      while (::sigtimedwait(&only_pipe_, nullptr, &at_once) == -1 && errno == EINTR) {
      }
    }
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  sigpipe_guard(const sigpipe_guard&) = delete;
  sigpipe_guard& operator=(const sigpipe_guard&) = delete;

 private:
  sigset_t only_pipe_;
  sigset_t before_;
  bool was_pending_;
};

std::size_t read_some(unique_fd& from, char* into, std::size_t size) {
  const ssize_t got = ::read(from.get(), into, size);
  if (got > 0) return static_cast<std::size_t>(got);
  if (got == 0 || (errno != EINTR && errno != EAGAIN)) from.reset();
  return 0;
}

resource_usage to_usage(const rusage& usage) {
  const auto to_ns = [](const timeval& time) {
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 +
           static_cast<std::int64_t>(time.tv_usec) * 1'000;
  };
  return {.user_ns = to_ns(usage.ru_utime),
          .system_ns = to_ns(usage.ru_stime),
          .peak_memory_bytes = std::int64_t{usage.ru_maxrss} * 1024,
          .minor_faults = usage.ru_minflt,
          .major_faults = usage.ru_majflt,
          .voluntary_switches = usage.ru_nvcsw,
          .involuntary_switches = usage.ru_nivcsw};
}

}  // namespace

machine_child::machine_child(pid_t pid, bool own_group, std::size_t limit_bytes, unique_fd in,
                             unique_fd out, unique_fd err)
    : pid_(pid),
      own_group_(own_group),
      limit_bytes_(limit_bytes),
      in_(std::move(in)),
      out_(std::move(out)),
      err_(std::move(err)) {}

machine_child::~machine_child() {
  if (report_) return;
  machine_child::kill();
  reap(true);
}

read_outcome machine_child::read_line(std::int64_t timeout_ns) {
  const deadline until(timeout_ns);
  while (true) {
    const std::size_t end = output_.find('\n', searched_);
    if (end != std::string::npos) return take_line(end);
    searched_ = output_.size();
    if (overflow_) return {read_outcome::kind::failure, "more output than the limit"};
    if (!out_) {
      if (consumed_ < output_.size()) return take_line(output_.size());
      return {read_outcome::kind::end, ""};
    }
    // Output that is there already counts even if the time is up.
    const bool last_try = until.passed();
    if (!pump(until.left_ns(long_step_ns), false) && last_try) {
      return {read_outcome::kind::timeout, ""};
    }
  }
}

result<void> machine_child::write(std::string_view text, std::int64_t timeout_ns) {
  const deadline until(timeout_ns);
  const sigpipe_guard guard;
  while (!text.empty()) {
    if (!in_) return write_error("its input is closed");
    const ssize_t written = ::write(in_.get(), text.data(), text.size());
    if (written > 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      if (until.passed()) return write_error("it does not read its input");
      pump(until.left_ns(long_step_ns), true);
    } else if (errno != EINTR) {
      const int problem = errno;
      in_.reset();
      return write_error(problem == EPIPE ? "it does not read any more" : errno_text(problem));
    }
  }
  return {};
}

exit_report machine_child::wait(std::int64_t timeout_ns) {
  close_input();  // a child that reads to the end of its input would never end
  const deadline until(timeout_ns);
  // The end of a child usually closes its pipes, which wakes the poll at once; the steps are for a
  // child that ends while another process holds them, or that closed them long before.
  std::int64_t step_ns = 100'000;
  while (!report_ && !reap(false)) {
    if (until.passed()) {
      kill();
      reap(true);
      break;
    }
    if (!pump(until.left_ns(step_ns), false)) {
      step_ns = std::min<std::int64_t>(step_ns * 2, 5'000'000);
    }
  }
  while (pump(0, false)) {
  }
  return *report_;
}

void machine_child::kill() {
  if (report_) return;
  killed_ = true;
  ::kill(own_group_ ? -pid_ : pid_, SIGKILL);
}

read_outcome machine_child::take_line(std::size_t end) {
  read_outcome line{read_outcome::kind::line, output_.substr(consumed_, end - consumed_)};
  consumed_ = std::min(end + 1, output_.size());
  searched_ = consumed_;
  // Dropping the front only now and then keeps many short lines linear.
  if (consumed_ == output_.size() || consumed_ > (std::size_t{1} << 20)) {
    output_.erase(0, consumed_);
    consumed_ = searched_ = 0;
  }
  return line;
}

// Waits until something can be read (or written, if `or_input`) or the time is up, and reads what
// is there. True if there was anything.
bool machine_child::pump(std::int64_t wait_ns, bool or_input) {
  std::array<pollfd, 3> watched{};
  watched[0] = {out_.get(), POLLIN, 0};  // poll skips a negative descriptor
  watched[1] = {err_.get(), POLLIN, 0};
  watched[2] = {or_input ? in_.get() : -1, POLLOUT, 0};
  const timespec limit = to_timespec(wait_ns);
  if (::ppoll(watched.data(), watched.size(), &limit, nullptr) <= 0) return false;
  std::array<char, 64 << 10> buffer;
  if (watched[0].revents != 0) {
    const std::size_t got = read_some(out_, buffer.data(), buffer.size());
    if (output_.size() - consumed_ + got > limit_bytes_) {
      overflow_ = true;
    } else {
      output_.append(buffer.data(), got);
    }
  }
  if (watched[1].revents != 0) {
    errors_.append(buffer.data(), read_some(err_, buffer.data(), buffer.size()));
    if (errors_.size() > error_text_limit_bytes) {
      errors_.erase(0, errors_.size() - error_text_limit_bytes);
    }
  }
  return true;
}

bool machine_child::reap(bool block) {
  siginfo_t seen{};
  int got = -1;
  do {
    got =
        ::waitid(P_PID, static_cast<id_t>(pid_), &seen, WEXITED | WNOWAIT | (block ? 0 : WNOHANG));
  } while (got != 0 && errno == EINTR);
  if (got == 0 && seen.si_pid == 0) return false;
  // What the child left behind in its group must not run on beside the next measurement. Before the
  // reaping: after it the number of the group could belong to somebody else.
  if (got == 0 && own_group_) ::kill(-pid_, SIGKILL);
  int raw = 0;
  rusage usage{};
  exit_report report;
  if (got == 0 && ::wait4(pid_, &raw, 0, &usage) == pid_) {
    if (WIFEXITED(raw)) report.status = WEXITSTATUS(raw);
    if (WIFSIGNALED(raw)) report.signal = WTERMSIG(raw);
    report.used = to_usage(usage);
  } else {
    report.status = 255;  // somebody else reaped it: its status is lost, which is no success
  }
  report.killed = killed_ && report.signal == SIGKILL;
  report_ = report;
  return true;
}

error machine_child::write_error(const std::string& reason) const {
  return {.what = "cannot write to the process: " + reason,
          .where = "process " + std::to_string(pid_),
          .next = ""};
}

}  // namespace nevaperf::base
