#include "core/base/process.hpp"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/fake_process.hpp"

using namespace nevaperf;
using base::process_options;
using base::read_outcome;
using base::real_processes;

namespace {

constexpr std::int64_t second_ns = 1'000'000'000;
constexpr std::int64_t patience_ns = 60 * second_ns;  // only a broken test waits so long

process_options shell(const std::string& script) {
  process_options options;
  options.argv = {"/bin/sh", "-c", script};
  return options;
}

int first_allowed_cpu() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  ::sched_getaffinity(0, sizeof allowed, &allowed);
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(static_cast<std::size_t>(cpu), &allowed)) return cpu;
  }
  return 0;
}

// An orphan is reaped by init soon after its end; until then it is a zombie, which still answers to
// a probe.
bool comes_to_an_end(const std::string& pid) {
  for (int i = 0; i < 300; ++i) {
    if (::kill(static_cast<pid_t>(std::stol(pid)), 0) != 0) return true;
    const auto state = base::run_process(
        real_processes(), shell("sed 's/.*) //' /proc/" + pid + "/stat 2>&1"), "", patience_ns);
    if (!state->out.starts_with('S') && !state->out.starts_with('R')) return true;
  }
  ::kill(static_cast<pid_t>(std::stol(pid)), SIGKILL);
  return false;
}

}  // namespace

TEST_CASE("a child is talked to by lines") {
  auto started =
      real_processes().start(shell("while read -r x; do echo \"got $x\"; done; printf tail"));
  REQUIRE(started);
  base::child& child = **started;
  REQUIRE(child.write("one\ntwo\n", patience_ns));
  CHECK(child.read_line(patience_ns).text == "got one");
  CHECK(child.read_line(patience_ns).text == "got two");
  CHECK(child.read_line(1'000'000).what == read_outcome::kind::timeout);
  child.close_input();
  const read_outcome tail = child.read_line(patience_ns);
  CHECK(tail.what == read_outcome::kind::line);
  CHECK(tail.text == "tail");
  CHECK(child.read_line(patience_ns).what == read_outcome::kind::end);
  const base::exit_report report = child.wait(patience_ns);
  CHECK(report.clean());
  CHECK(report.words() == "exit status 0");
  CHECK(report.used.peak_memory_bytes > 0);
}

TEST_CASE("the end of a child is told in words") {
  const auto end_of = [](const std::string& script) {
    return base::run_process(real_processes(), shell(script), "", patience_ns)->exit;
  };
  CHECK(end_of("exit 3").words() == "exit status 3");
  CHECK(end_of("kill -SEGV $$").words() == "killed by SIGSEGV (segmentation fault)");
  CHECK(end_of("kill -USR2 $$").words() == "killed by signal " + std::to_string(SIGUSR2));
  CHECK_FALSE(end_of("kill -KILL $$").killed);
}

TEST_CASE("a hanging child is killed at its deadline, its group with it") {
  auto started = real_processes().start(shell("sleep 1000 & echo $!; wait"));
  REQUIRE(started);
  const std::string grandchild = (*started)->read_line(patience_ns).text;
  const base::exit_report report = (*started)->wait(20'000'000);
  CHECK(report.killed);
  CHECK(report.words() == "killed by nevaperf");
  CHECK(comes_to_an_end(grandchild));
}

TEST_CASE("what a child leaves behind is killed when it ends") {
  auto started = real_processes().start(shell("sleep 1000 & echo $!"));
  REQUIRE(started);
  const std::string grandchild = (*started)->read_line(patience_ns).text;
  CHECK((*started)->wait(patience_ns).clean());
  CHECK(comes_to_an_end(grandchild));
}

TEST_CASE("a dropped child leaves no process and no zombie behind") {
  pid_t pid = 0;
  {
    auto started = real_processes().start(shell("sleep 1000"));
    REQUIRE(started);
    pid = static_cast<pid_t>((*started)->pid());
  }
  CHECK(::waitpid(pid, nullptr, WNOHANG) == -1);
  CHECK(errno == ECHILD);
}

TEST_CASE("writing to a child that is gone is an error and no signal") {
  auto started = real_processes().start(shell("exit 0"));
  REQUIRE(started);
  CHECK((*started)->read_line(patience_ns).what == read_outcome::kind::end);
  base::result<void> written;
  const std::string chunk(1 << 20, 'x');
  written = (*started)->write(chunk, patience_ns);
  REQUIRE_FALSE(written);
  CHECK(written.error().what.find("does not read any more") != std::string::npos);
  CHECK((*started)->wait(patience_ns).clean());
  sigset_t pending;
  ::sigpending(&pending);
  CHECK(::sigismember(&pending, SIGPIPE) == 0);
}

TEST_CASE("a child that never reads does not block the writer for ever") {
  auto started = real_processes().start(shell("sleep 1000"));
  REQUIRE(started);
  const auto written = (*started)->write(std::string(1 << 20, 'x'), 10'000'000);
  REQUIRE_FALSE(written);
  CHECK(written.error().what.find("does not read its input") != std::string::npos);
}

TEST_CASE("large input and output at the same time do not block each other") {
  const std::string input(3'000'000, 'a');
  process_options options;
  options.argv = {"cat"};
  const auto got = base::run_process(real_processes(), options, input + "\n", patience_ns);
  REQUIRE(got);
  CHECK(got->out == input + "\n");
}

TEST_CASE("standard error is kept apart, its end at least") {
  const auto got = base::run_process(
      real_processes(),
      shell("echo out; i=0; while [ $i -lt 9000 ]; do echo 0123456789 >&2; i=$((i+1)); "
            "done; echo last >&2"),
      "", patience_ns);
  REQUIRE(got);
  CHECK(got->out == "out\n");
  CHECK(got->err.ends_with("0123456789\nlast\n"));
  CHECK(got->err.size() <= 64 << 10);
}

TEST_CASE("too much output is refused, not hoarded") {
  process_options options = shell("yes");
  options.output_limit_bytes = 1 << 20;
  const auto got = base::run_process(real_processes(), options, "", patience_ns);
  REQUIRE_FALSE(got);
  CHECK(got.error().what == "more output than the limit");
  options = shell("head -c 3000000 /dev/zero");
  options.output_limit_bytes = 1 << 20;
  CHECK_FALSE(base::run_process(real_processes(), options, "", patience_ns));
}

TEST_CASE("a program that cannot be started is an error with its name") {
  process_options options;
  options.argv = {"/nonexistent/program"};
  const auto started = real_processes().start(options);
  REQUIRE_FALSE(started);
  CHECK(started.error().line() ==
        "/nonexistent/program: cannot start the program: No such file or directory (check its "
        "path, or "
        "PATH)");
  options.argv.clear();
  CHECK_FALSE(real_processes().start(options));
}

TEST_CASE("environment is added and replaced, the rest kept") {
  ::setenv("NEVAPERF_TEST_OLD", "old", 1);
  ::setenv("NEVAPERF_TEST_KEPT", "kept", 1);
  process_options options = shell("echo $NEVAPERF_TEST_OLD $NEVAPERF_TEST_NEW $NEVAPERF_TEST_KEPT");
  options.environment = {{"NEVAPERF_TEST_OLD", "replaced"}, {"NEVAPERF_TEST_NEW", "new"}};
  CHECK(base::run_process(real_processes(), options, "", patience_ns)->out ==
        "replaced new kept\n");
}

TEST_CASE("a replaced variable is there once") {
  ::setenv("NEVAPERF_TEST_OLD", "old", 1);
  process_options options;
  options.argv = {"env"};
  options.environment = {{"NEVAPERF_TEST_OLD", "new"}};
  const std::string all = base::run_process(real_processes(), options, "", patience_ns)->out;
  CHECK(all.find("NEVAPERF_TEST_OLD=new\n") != std::string::npos);
  CHECK(all.find("NEVAPERF_TEST_OLD=old\n") == std::string::npos);
}

TEST_CASE("a child is pinned to its CPU, an impossible CPU is an error") {
  process_options options =
      shell("sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' /proc/self/status");
  options.cpu = first_allowed_cpu();
  CHECK(base::run_process(real_processes(), options, "", patience_ns)->out ==
        std::to_string(*options.cpu) + "\n");
  for (const int cpu : {-1, 1023, 1'000'000}) {
    options.cpu = cpu;
    const auto refused = real_processes().start(options);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().what.find("cannot run on CPU " + std::to_string(cpu)) !=
          std::string::npos);
  }
}

TEST_CASE("no descriptor of the parent leaks into a child") {
  auto other = real_processes().start(shell("read x"));
  REQUIRE(other);
  // ls itself opens the folder as one more descriptor
  const auto got =
      base::run_process(real_processes(), shell("ls /proc/self/fd | wc -l"), "", patience_ns);
  const int inherited = [] {
    int count = 0;
    for (int fd = 3; fd < 256; ++fd) {
      const int flags = ::fcntl(fd, F_GETFD);
      if (flags >= 0 && (flags & FD_CLOEXEC) == 0) ++count;
    }
    return count;
  }();
  CHECK(std::stoi(got->out) == 4 + inherited);
}

TEST_CASE("null streams are silent") {
  process_options options = shell("cat; echo out; echo err >&2");
  options.in = options.out = options.err = base::stream::null;
  const auto got = base::run_process(real_processes(), options, "", patience_ns);
  REQUIRE(got);
  CHECK(got->out.empty());
  CHECK(got->err.empty());
  CHECK(got->exit.clean());
}

TEST_CASE("a wait closes the input, so that a reader to the end comes to its end") {
  auto started = real_processes().start(shell("cat >/dev/null; exit 5"));
  REQUIRE(started);
  CHECK((*started)->wait(patience_ns).status == 5);
}

TEST_CASE("the fake child follows its script on the manual clock") {
  tests::manual_clock clock;
  tests::fake_launcher launcher(clock, [](const process_options&) {
    tests::child_script script;
    script.lines = {"hello"};
    script.answer = [](std::string_view written) {
      return std::vector<std::string>{"echo " + std::string(written)};
    };
    script.hangs = true;
    return script;
  });
  auto started = launcher.start(shell(""));
  REQUIRE(started);
  CHECK((*started)->read_line(5).text == "hello");
  CHECK(clock.monotonic_ns() == 1'000);
  REQUIRE((*started)->write("x", 5));
  CHECK((*started)->read_line(5).text == "echo x");
  CHECK((*started)->read_line(second_ns).what == read_outcome::kind::timeout);
  CHECK(clock.monotonic_ns() == second_ns + 2'000);
  CHECK((*started)->wait(5).killed);
}
