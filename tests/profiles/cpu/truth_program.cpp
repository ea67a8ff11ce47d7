// A program whose profile is known beforehand, and programs that are hard to profile.
//
//   nevaperf_truth_program nodes SECONDS FOLDER   a graph whose nodes take 10, 20 and 70% of the
//   CPU nevaperf_truth_program threads SECONDS        spin_a in one thread, three times spin_b in
//   another nevaperf_truth_program stress SECONDS         8 threads: exceptions, dlopen, threads
//   that end nevaperf_truth_program fork | thread_fork | exec | crash | killed | deaf | quick |
//   quiet
#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "profiles/cpu/cpu_kind.hpp"
#include "runtime/port/ports.hpp"
#include "runtime/program/graph.hpp"

using namespace nevaperf;

namespace {

double cpu_seconds(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void work_a_little() {
  volatile double x = 1;
  for (int i = 0; i < 2000; ++i) x = x * 1.0000001;
}

// Uses that much CPU time of this thread.
[[gnu::noinline]] void spin_a(double seconds) {
  const double end = cpu_seconds(CLOCK_THREAD_CPUTIME_ID) + seconds;
  while (cpu_seconds(CLOCK_THREAD_CPUTIME_ID) < end) work_a_little();
  asm volatile("");
}

[[gnu::noinline]] void spin_b(double seconds) {
  const double end = cpu_seconds(CLOCK_THREAD_CPUTIME_ID) + seconds;
  while (cpu_seconds(CLOCK_THREAD_CPUTIME_ID) < end) work_a_little();
  asm volatile("nop");
}

runtime::node_task spin_and_pass(runtime::input from, runtime::output to, double seconds) {
  for (;;) {
    runtime::message token = co_await from.receive();
    spin_a(seconds);
    co_await to.send(std::move(token));
  }
}

runtime::node_task drive(runtime::output to, runtime::input from, int rounds,
                         runtime::cluster& home) {
  for (int i = 0; i < rounds; ++i) {
    co_await to.send(runtime::message::integer(i));
    co_await from.receive();
  }
  home.end({.how = runtime::outcome::kind::stopped, .status = 0, .text = {}, .failure = {}});
}

int run_nodes(double seconds, const std::string& folder) {
  constexpr double round_seconds = 0.1;
  const auto collector = profiles::cpu_kind().collect({.folder = folder, .libraries = {}});
  if (const auto started = collector->start(); !started) {
    std::fprintf(stderr, "%s\n", started.error().line().c_str());
    return 1;
  }
  const double before = cpu_seconds(CLOCK_PROCESS_CPUTIME_ID);
  runtime::graph g;
  runtime::channel* const c[] = {&g.add_channel(), &g.add_channel(), &g.add_channel(),
                                 &g.add_channel()};
  const struct {
    const char* name;
    double share;
  } nodes[] = {{"ten", 0.1}, {"twenty", 0.2}, {"seventy", 0.7}};
  for (std::size_t i = 0; i < 3; ++i)
    g.add_node(nodes[i].name, {c[i]}, {c[i + 1]}, [&] {
      return spin_and_pass(runtime::input(*c[i]), runtime::output(*c[i + 1]),
                           nodes[i].share * round_seconds);
    });
  g.add_node("driver", {c[3]}, {c[0]}, [&] {
    return drive(runtime::output(*c[0]), runtime::input(*c[3]),
                 static_cast<int>(seconds / round_seconds), g.home());
  });
  g.run();
  const double used = cpu_seconds(CLOCK_PROCESS_CPUTIME_ID) - before;
  if (const auto stopped = collector->stop(); !stopped) return 1;
  std::printf("%.9f\n", used);
  return 0;
}

void run_threads(double seconds) {
  std::thread a([seconds] { spin_a(seconds); });
  std::thread b([seconds] { spin_b(3 * seconds); });
  a.join();
  b.join();
}

void fail(int depth) {
  if (depth == 0) throw std::runtime_error("on purpose");
  fail(depth - 1);
  asm volatile("");
}

void run_stress(double seconds) {
  std::atomic<bool> is_over = false;
  std::vector<std::thread> all;
  for (int i = 0; i < 8; ++i)
    all.emplace_back([&is_over, i] {
      while (!is_over) {
        try {
          fail(10 + i);
        } catch (const std::runtime_error&) {
        }
        if (void* const library = ::dlopen("libm.so.6", RTLD_NOW)) ::dlclose(library);
        if (void* const library = ::dlopen("libresolv.so.2", RTLD_NOW)) ::dlclose(library);
        std::thread([] { spin_a(0.0005); }).join();
      }
    });
  ::usleep(static_cast<useconds_t>(seconds * 1e6));
  is_over = true;
  for (std::thread& t : all) t.join();
}

int run_fork() {
  const pid_t child = ::fork();
  if (child == 0) {
    spin_b(0.5);
    std::thread([] { spin_b(0.3); }).join();
    std::exit(0);
  }
  spin_a(0.4);
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

// Forks while other threads are sampled: the children must not wait for a lock that is held for
// ever.
int run_thread_fork() {
  std::atomic<bool> is_over = false;
  std::vector<std::thread> all;
  for (int i = 0; i < 3; ++i)
    all.emplace_back([&is_over] {
      while (!is_over) {
        spin_a(0.001);
        std::thread([] {}).join();
      }
    });
  int failures = 0;
  for (int i = 0; i < 60; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      spin_b(0.012);
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    failures += status == 0 ? 0 : 1;
  }
  is_over = true;
  for (std::thread& t : all) t.join();
  return failures;
}

// Ignores and blocks all that it can, as careful daemons do.
void run_deaf() {
  for (int i = 1; i < NSIG; ++i) ::signal(i, SIG_IGN);
  sigset_t all;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_BLOCK, &all, nullptr);
  std::thread([] { spin_b(0.4); }).join();
  spin_a(0.4);
}

}  // namespace

int main(int count, char** words) {
  const std::string mode = count > 1 ? words[1] : "";
  const double seconds = count > 2 ? std::atof(words[2]) : 0.5;
  if (mode == "nodes" && count > 3) return run_nodes(seconds, words[3]);
  if (mode == "threads") return run_threads(seconds), 0;
  if (mode == "fixed") {
    for (int i = 0; i < static_cast<int>(seconds); ++i) work_a_little();
    std::printf("%.9f\n", cpu_seconds(CLOCK_PROCESS_CPUTIME_ID));
    return 0;
  }
  if (mode == "stress") return run_stress(seconds), 0;
  if (mode == "fork") return run_fork();
  if (mode == "thread_fork") return run_thread_fork();
  if (mode == "deaf") return run_deaf(), 0;
  if (mode == "quiet") return ::usleep(1000), 0;
  if (mode == "exec") {
    spin_a(0.4);
    ::execl("/proc/self/exe", words[0], "threads", "0.2", nullptr);
    return 1;
  }
  if (mode == "crash" || mode == "killed" || mode == "quick") {
    spin_a(0.5);
    if (mode == "quick") ::_exit(3);
    ::raise(mode == "crash" ? SIGSEGV : SIGKILL);
  }
  std::fprintf(stderr, "usage: see the head of truth_program.cpp\n");
  return 2;
}
