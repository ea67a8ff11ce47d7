// The library that is preloaded into a process whose CPU time is profiled. Links nothing of ours.
//
// gperftools' profiler gives the ticks (a timer for each thread) and the stacks; every thread is
// registered with it as it starts. A child after fork has no timers, and a lock of gperftools may
// be held in it for ever: there this library brings its own timers and handler. After exec the new
// program starts from the beginning.
//
// The program cannot switch the ticks off by accident: its own use of SIGPROF is without effect.
//
// Thread safety: everything is called by any thread.
#include <dlfcn.h>
#include <gperftools/profiler.h>
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>

#include "profiles/cpu/preload/recorder.hpp"

// Of gperftools, exported but without a header.
struct ProfileHandlerToken;
ProfileHandlerToken* ProfileHandlerRegisterCallback(void (*)(int, siginfo_t*, void*, void*), void*);

namespace nevaperf::preload {

namespace raw = profiles::raw;

namespace {

constexpr int own_frames = 8;  // of the handlers, above the stack of the program

recorder kept;
const char* folder = nullptr;
std::uint32_t rate_hz = 0;
raw::label_source label_of_thread = nullptr;

std::atomic<bool> is_on = false;
std::atomic<bool> guards_signal = false;  // gperftools has set its handler: nobody else may
std::atomic<bool> has_forked = false;     // gperftools is not to be used any more
std::atomic_flag is_sampling = ATOMIC_FLAG_INIT;

template <class Function>
Function* next_function(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

const void* interrupted_at(const void* context) {
#if defined(__x86_64__)
  return reinterpret_cast<const void*>(
      static_cast<const ucontext_t*>(context)->uc_mcontext.gregs[REG_RIP]);
#elif defined(__aarch64__)
  return reinterpret_cast<const void*>(static_cast<const ucontext_t*>(context)->uc_mcontext.pc);
#else
#error "which register holds the address of the next instruction?"
#endif
}

// A tick that finds its predecessor not yet delivered is counted by the kernel.
std::uint64_t ticks_of(const siginfo_t* info) {
  return info != nullptr && info->si_code == SI_TIMER && info->si_overrun > 0
             ? 1 + static_cast<std::uint64_t>(info->si_overrun)
             : 1;
}

void take_sample(const siginfo_t* info, const void* context) {
  if (!is_on.load(std::memory_order_acquire)) return;  // acquire: the recorder is open
  const int errno_before = errno;
  const std::int64_t start_ns = clock_ns(CLOCK_THREAD_CPUTIME_ID);
  void* stack[raw::most_depth + own_frames];
  const int depth = ::ProfilerGetStackTrace(stack, raw::most_depth + own_frames, 0, context);
  const void* const leaf = interrupted_at(context);
  int first = 0;
  while (first < depth && stack[first] != leaf) ++first;
  const std::uint64_t label = label_of_thread == nullptr ? 0 : label_of_thread();
  if (first < depth)
    kept.add(stack + first, static_cast<std::uint64_t>(depth - first), label, ticks_of(info));
  else
    kept.add(&leaf, 1, label, ticks_of(info));  // the unwinder found no way past the handler
  kept.add_handler_time(clock_ns(CLOCK_THREAD_CPUTIME_ID) - start_ns);
  errno = errno_before;
}

void on_tick(int, siginfo_t* info, void* context, void*) {
  take_sample(info, context);
}

// After a fork.
void on_own_tick(int, siginfo_t* info, void* context) {
  if (is_sampling.test_and_set(std::memory_order_acquire)) return;
  take_sample(info, context);
  is_sampling.clear(std::memory_order_release);
}

void start_own_timer() {
  sigevent event{};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = SIGPROF;
  event._sigev_un._tid = static_cast<pid_t>(::syscall(SYS_gettid));
  timer_t made = nullptr;
  if (::timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &made) != 0) return;
  itimerspec each{};
  each.it_interval.tv_nsec = 1'000'000'000 / static_cast<long>(rate_hz);
  each.it_value = each.it_interval;
  ::timer_settime(made, 0, &each, nullptr);
}

void watch_this_thread() {
  if (has_forked.load(std::memory_order_relaxed))
    start_own_timer();
  else
    ::ProfilerRegisterThread();
  if (kept.is_open()) kept.add_thread();
}

void after_fork() {
  if (!kept.is_open()) return;
  const bool was_on = is_on.exchange(false);
  kept.forget();
  has_forked = true;
  is_sampling.clear();
  if (!was_on || !kept.open(folder, rate_hz)) return;
  struct sigaction own {};
  own.sa_sigaction = on_own_tick;
  own.sa_flags = SA_RESTART | SA_SIGINFO;
  ::sigemptyset(&own.sa_mask);
  guards_signal = false;
  ::sigaction(SIGPROF, &own, nullptr);
  guards_signal = true;
  kept.begin();
  watch_this_thread();
  is_on.store(true, std::memory_order_release);
}

__attribute__((constructor)) void start_library() {
  folder = std::getenv(raw::folder_variable);
  const char* const rate = std::getenv("CPUPROFILE_FREQUENCY");
  if (folder == nullptr || rate == nullptr) return;
  rate_hz = static_cast<std::uint32_t>(std::atoi(rate));
  if (rate_hz == 0 || !kept.open(folder, rate_hz)) return;
  // What is loaded for the first stack must not be loaded in a handler.
  void* stack[4];
  ::ProfilerGetStackTrace(stack, 4, 0, nullptr);
  ::ProfileHandlerRegisterCallback(on_tick, nullptr);
  ::pthread_atfork(nullptr, nullptr, after_fork);
  kept.add_thread();  // gperftools registers the first thread itself
  guards_signal = true;
  if (std::getenv(raw::wait_variable) != nullptr) return;
  kept.begin();
  is_on.store(true, std::memory_order_release);
}

__attribute__((destructor)) void end_library() {
  if (is_on.exchange(false)) kept.end();
}

struct started_thread {
  void* (*run)(void*);
  void* argument;
};

void* run_watched(void* given) {
  const started_thread what = *static_cast<started_thread*>(given);
  std::free(given);
  watch_this_thread();
  return what.run(what.argument);
}

bool is_guarded(int signal) {
  return signal == SIGPROF && guards_signal.load(std::memory_order_relaxed);
}

// The set without our signal; what it points to is in `room`.
const sigset_t* without_ticks(int how, const sigset_t* set, sigset_t& room) {
  if (set == nullptr || how == SIG_UNBLOCK || !guards_signal.load(std::memory_order_relaxed))
    return set;
  room = *set;
  ::sigdelset(&room, SIGPROF);
  return &room;
}

}  // namespace

}  // namespace nevaperf::preload

using namespace nevaperf::preload;

extern "C" {

int nevaperf_cpu_start(nevaperf::profiles::raw::label_source label) {
  if (!kept.is_open()) return 0;
  label_of_thread = label;
  // Programs that this one starts from now on are profiled from their start.
  ::unsetenv(nevaperf::profiles::raw::wait_variable);
  kept.begin();
  is_on.store(true, std::memory_order_release);
  return 1;
}

void nevaperf_cpu_stop() {
  if (is_on.exchange(false)) kept.end();
}

int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*run)(void*),
                   void* argument) {
  static auto* const next = next_function<decltype(pthread_create)>("pthread_create");
  auto* const what = static_cast<started_thread*>(std::malloc(sizeof(started_thread)));
  if (!kept.is_open() || what == nullptr) {
    std::free(what);
    return next(thread, attributes, run, argument);
  }
  *what = {run, argument};
  const int failure = next(thread, attributes, run_watched, what);
  if (failure != 0) std::free(what);
  return failure;
}

int sigaction(int signal, const struct sigaction* wanted, struct sigaction* before) {
  static auto* const next =
      next_function<int(int, const struct sigaction*, struct sigaction*)>("sigaction");
  return next(signal, is_guarded(signal) ? nullptr : wanted, before);
}

sighandler_t signal(int signal, sighandler_t wanted) {
  static auto* const next = next_function<sighandler_t(int, sighandler_t)>("signal");
  return is_guarded(signal) ? SIG_DFL : next(signal, wanted);
}

int sigprocmask(int how, const sigset_t* set, sigset_t* before) {
  static auto* const next = next_function<int(int, const sigset_t*, sigset_t*)>("sigprocmask");
  sigset_t room;
  return next(how, without_ticks(how, set, room), before);
}

int pthread_sigmask(int how, const sigset_t* set, sigset_t* before) {
  static auto* const next = next_function<int(int, const sigset_t*, sigset_t*)>("pthread_sigmask");
  sigset_t room;
  return next(how, without_ticks(how, set, room), before);
}
}
