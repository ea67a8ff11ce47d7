#include "core/base/process.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include "core/base/machine_child.hpp"
#include "core/base/unique_fd.hpp"

namespace nevaperf::base {

namespace {

struct pipe_ends {
  unique_fd read;
  unique_fd write;
};

// Descriptors from 3 up, so that putting them onto 0, 1 and 2 cannot overwrite one of them.
bool open_pipe(pipe_ends& ends) {
  std::array<int, 2> raw{};
  if (::pipe2(raw.data(), O_CLOEXEC) != 0) return false;
  const unique_fd low_read(raw[0]);
  const unique_fd low_write(raw[1]);
  ends.read = unique_fd(::fcntl(raw[0], F_DUPFD_CLOEXEC, 3));
  ends.write = unique_fd(::fcntl(raw[1], F_DUPFD_CLOEXEC, 3));
  return ends.read && ends.write;
}

std::vector<std::string> merged_environment(
    const std::vector<std::pair<std::string, std::string>>& additions) {
  std::vector<std::string> merged;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const bool replaced = std::any_of(additions.begin(), additions.end(), [&](const auto& added) {
      return text.size() > added.first.size() && text.starts_with(added.first) &&
             text[added.first.size()] == '=';
    });
    if (!replaced) merged.emplace_back(text);
  }
  for (const auto& [name, value] : additions) merged.push_back(name + "=" + value);
  return merged;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  result.reserve(texts.size() + 1);
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

enum class stage : int { redirect, pin, exec };

struct failed_start {
  stage where;
  int errno_value;
};

// What the child needs between fork and exec; all memory is prepared before the fork, since another
// thread may have held the allocator's lock.
struct child_plan {
  char** argv;
  char** environment;
  std::array<int, 3> onto;  // descriptors to become 0, 1, 2; -1: inherit
  bool own_group;
  const cpu_set_t* cpus;
  int report_fd;
  pid_t parent;
};

[[noreturn]] void give_up(const child_plan& plan, stage where) {
  const failed_start failed{where, errno};
  // If even this fails there is nobody to tell.
  [[maybe_unused]] const ssize_t written = ::write(plan.report_fd, &failed, sizeof failed);
  ::_exit(127);
}

[[noreturn]] void become(const child_plan& plan) {
  if (plan.own_group) ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != plan.parent) ::_exit(127);  // it died before the line above
  ::signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  for (int target = 0; target < 3; ++target) {
    const int source = plan.onto[static_cast<std::size_t>(target)];
    if (source >= 0 && ::dup2(source, target) < 0) give_up(plan, stage::redirect);
  }
  if (plan.cpus != nullptr && ::sched_setaffinity(0, sizeof *plan.cpus, plan.cpus) != 0) {
    give_up(plan, stage::pin);
  }
  ::execvpe(plan.argv[0], plan.argv, plan.environment);
  give_up(plan, stage::exec);
}

error start_error(const process_options& options, const failed_start& failed) {
  const std::string reason = std::generic_category().message(failed.errno_value);
  const std::string& program = options.argv.front();
  switch (failed.where) {
    case stage::pin:
      return {
          .what = "cannot run on CPU " + std::to_string(options.cpu.value_or(-1)) + ": " + reason,
          .where = program,
          .next = "'nproc' and 'taskset -p $$' show the CPUs that may be used"};
    case stage::redirect:
      return {.what = "cannot connect its streams: " + reason, .where = program, .next = ""};
    case stage::exec:
      break;
  }
  return {.what = "cannot start the program: " + reason,
          .where = program,
          .next = failed.errno_value == ENOENT ? "check its path, or PATH" : "is it executable?"};
}

class machine_launcher final : public process_launcher {
 public:
  result<std::unique_ptr<child>> start(const process_options& options) override {
    if (options.argv.empty() || options.argv.front().empty()) {
      return error{.what = "no program given to start", .where = "", .next = "name a program"};
    }
    const auto failed = [&](stage where) { return start_error(options, {where, errno}); };
    cpu_set_t cpus;
    CPU_ZERO(&cpus);
    if (options.cpu) {
      if (*options.cpu < 0 || *options.cpu >= CPU_SETSIZE) {
        return start_error(options, {stage::pin, EINVAL});
      }
      CPU_SET(static_cast<std::size_t>(*options.cpu), &cpus);
    }

    std::array<pipe_ends, 3> pipes;
    unique_fd null;
    child_plan plan{};
    const std::array<stream, 3> wanted = {options.in, options.out, options.err};
    for (std::size_t i = 0; i < 3; ++i) {
      plan.onto[i] = -1;
      if (wanted[i] == stream::pipe) {
        if (!open_pipe(pipes[i])) return failed(stage::redirect);
        plan.onto[i] = i == 0 ? pipes[i].read.get() : pipes[i].write.get();
      } else if (wanted[i] == stream::null) {
        if (!null) null = open_null();
        if (!null) return failed(stage::redirect);
        plan.onto[i] = null.get();
      }
    }
    pipe_ends report;
    if (!open_pipe(report)) return failed(stage::redirect);
    // A child that does not read must not block the writer beyond its timeout.
    if (pipes[0].write) ::fcntl(pipes[0].write.get(), F_SETFL, O_NONBLOCK);

    std::vector<std::string> arguments = options.argv;
    std::vector<std::string> environment = merged_environment(options.environment);
    const std::vector<char*> argv = pointers(arguments);
    const std::vector<char*> envp = pointers(environment);
    plan.argv = const_cast<char**>(argv.data());
    plan.environment = const_cast<char**>(envp.data());
    plan.own_group = options.own_group;
    plan.cpus = options.cpu ? &cpus : nullptr;
    plan.report_fd = report.write.get();
    plan.parent = ::getpid();

    const pid_t pid = ::fork();
    if (pid < 0) return failed(stage::exec);
    if (pid == 0) become(plan);

    auto started = std::make_unique<machine_child>(
        pid, options.own_group, options.output_limit_bytes, std::move(pipes[0].write),
        std::move(pipes[1].read), std::move(pipes[2].read));
    report.write.reset();
    failed_start problem{};
    ssize_t got = -1;
    do {
      got = ::read(report.read.get(), &problem, sizeof problem);
    } while (got < 0 && errno == EINTR);
    if (got == sizeof problem) return start_error(options, problem);  // its destructor reaps
    return std::unique_ptr<child>(std::move(started));
  }

 private:
  static unique_fd open_null() {
    const unique_fd low(::open("/dev/null", O_RDWR | O_CLOEXEC));
    return unique_fd(low ? ::fcntl(low.get(), F_DUPFD_CLOEXEC, 3) : -1);
  }
};

}  // namespace

process_launcher& real_processes() {
  static machine_launcher instance;
  return instance;
}

}  // namespace nevaperf::base
