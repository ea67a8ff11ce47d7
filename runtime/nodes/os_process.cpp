// The process that a program runs in.
#include <sys/utsname.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <string>

#include "runtime/nodes/error_value.hpp"
#include "runtime/nodes/families.hpp"
#include "runtime/nodes/numeric.hpp"
#include "runtime/system/errno_text.hpp"
#include "runtime/system/paths.hpp"

namespace nevaperf::runtime {

namespace {

using started = base::result<node_task>;

// Once: the program is over then.
node_task exit_(input code, cluster& home) {
  const message status = co_await code.receive();
  const std::int64_t number = code.integer(status);
  if (number < 0)
    throw impossible_operation{"os_exit: the exit status must not be negative, got " +
                               std::to_string(number)};
  constexpr std::int64_t seen_by_parent = 0xff;
  home.end({.how = outcome::kind::exited,
            .status = static_cast<int>(number & seen_by_parent),
            .text = {},
            .failure = {}});
  co_await forever{};
}

template <pid_t (*Get)()>
node_task process_number(input sig, output res) {
  for (;;) {
    co_await sig.receive();
    co_await res.send(message::integer(Get()));
  }
}

using text_result = base::result<std::string>;

text_result working_folder(const environment& world) {
  return current_folder(world.variables);
}

text_result host_name(const environment&) {
  utsname name{};
  if (uname(&name) != 0)
    return base::error{.what = "uname: " + errno_text(errno), .where = {}, .next = {}};
  return std::string(static_cast<const char*>(name.nodename));
}

text_result executable_path(const environment&) {
  std::string path(PATH_MAX, '\0');
  const ssize_t size = readlink("/proc/self/exe", path.data(), path.size());
  if (size < 0) return path_error("readlink", "/proc/self/exe", errno);
  path.resize(static_cast<std::size_t>(size));
  return path;
}

// These look at what the kernel has in memory: no reason to leave the worker.
template <text_result (*Get)(const environment&)>
node_task text_of_process(input sig, output res, output err, const environment& world,
                          std::string_view go_name) {
  for (;;) {
    co_await sig.receive();
    const text_result text = Get(world);
    if (text)
      co_await res.send(message::string(*text));
    else
      co_await err.send(error_value(std::string(go_name) + ": " + text.error().what));
  }
}

template <pid_t (*Get)()>
started start_number(const binding& b) {
  return process_number<Get>(b.in("sig"), b.out("res"));
}

constexpr std::string_view system_errors = "what the system says, in Go's words";

constexpr function table[] = {
    {.ref = "os_exit",
     .ins = "code",
     .outs = "",
     .start = [](const binding& b) -> started { return exit_(b.in("code"), b.home); },
     .summary = "Ends the program with an exit status, of which the lower 8 bits are seen outside.",
     .errors = "A negative status fails the run."},
    {.ref = "os_getpid",
     .ins = "sig",
     .outs = "res",
     .start = start_number<getpid>,
     .summary = "The number of this process."},
    {.ref = "os_getppid",
     .ins = "sig",
     .outs = "res",
     .start = start_number<getppid>,
     .summary = "The number of the parent process."},
    {.ref = "os_getwd",
     .ins = "sig",
     .outs = "res err",
     .start = [](const binding& b) -> started {
       return text_of_process<working_folder>(b.in("sig"), b.out("res"), b.out("err"), b.world,
                                              "os.Getwd");
     },
     .summary = "The working directory.",
     .errors = system_errors},
    {.ref = "os_hostname",
     .ins = "sig",
     .outs = "res err",
     .start = [](const binding& b) -> started {
       return text_of_process<host_name>(b.in("sig"), b.out("res"), b.out("err"), b.world,
                                         "os.Hostname");
     },
     .summary = "The name of this machine.",
     .errors = system_errors},
    {.ref = "os_executable",
     .ins = "sig",
     .outs = "res err",
     .start = [](const binding& b) -> started {
       return text_of_process<executable_path>(b.in("sig"), b.out("res"), b.out("err"), b.world,
                                               "os.Executable");
     },
     .summary = "The path of the running program, which is nevaperf.",
     .errors = system_errors},
};

}  // namespace

std::span<const function> os_process_functions() {
  return table;
}

}  // namespace nevaperf::runtime
