// The library that is preloaded into a process whose waiting is profiled: mutexes, read-write
// locks, condition variables, semaphores and joins of pthreads. Links nothing of ours.
//
// Every operation is tried first, so that one that need not wait pays for one more call and no
// more. The functions have names of their own here, since the headers declare the real ones with
// attributes that differ from system to system.
//
// Thread safety: everything is called by any thread.
#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

#include <cerrno>

#include "profiles/contention/preload/wait_recorder.hpp"

namespace nevaperf::preload {

namespace {

constinit wait_recorder waits;

using profiles::wait_file::reason;

// What the program would have called.
struct calls {
  int (*mutex_lock)(pthread_mutex_t*);
  int (*mutex_trylock)(pthread_mutex_t*);
  int (*mutex_timedlock)(pthread_mutex_t*, const timespec*);
  int (*mutex_clocklock)(pthread_mutex_t*, clockid_t, const timespec*);
  int (*mutex_unlock)(pthread_mutex_t*);
  int (*rwlock_rdlock)(pthread_rwlock_t*);
  int (*rwlock_tryrdlock)(pthread_rwlock_t*);
  int (*rwlock_timedrdlock)(pthread_rwlock_t*, const timespec*);
  int (*rwlock_clockrdlock)(pthread_rwlock_t*, clockid_t, const timespec*);
  int (*rwlock_wrlock)(pthread_rwlock_t*);
  int (*rwlock_trywrlock)(pthread_rwlock_t*);
  int (*rwlock_timedwrlock)(pthread_rwlock_t*, const timespec*);
  int (*rwlock_clockwrlock)(pthread_rwlock_t*, clockid_t, const timespec*);
  int (*rwlock_unlock)(pthread_rwlock_t*);
  int (*cond_wait)(pthread_cond_t*, pthread_mutex_t*);
  int (*cond_timedwait)(pthread_cond_t*, pthread_mutex_t*, const timespec*);
  int (*cond_clockwait)(pthread_cond_t*, pthread_mutex_t*, clockid_t, const timespec*);
  int (*cond_signal)(pthread_cond_t*);
  int (*cond_broadcast)(pthread_cond_t*);
  int (*sem_wait)(sem_t*);
  int (*sem_trywait)(sem_t*);
  int (*sem_timedwait)(sem_t*, const timespec*);
  int (*sem_clockwait)(sem_t*, clockid_t, const timespec*);
  int (*sem_post)(sem_t*);
  int (*join)(pthread_t, void**);
  int (*tryjoin)(pthread_t, void**);
  int (*timedjoin)(pthread_t, void**, const timespec*);
};
constinit calls next{};
std::atomic<bool> is_found = false;

template <class Function>
void find(Function*& into, const char* name) {
  into = reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

// Condition variables of x86-64 exist twice: the ones of before 2003 know only one clock.
template <class Function>
void find_condition(Function*& into, const char* name) {
  into = reinterpret_cast<Function*>(::dlvsym(RTLD_NEXT, name, "GLIBC_2.3.2"));
  if (into == nullptr) find(into, name);
}

// dlsym takes no lock of these functions. Several threads may come here: they find the same.
[[gnu::noinline]] void find_calls() {
  find(next.mutex_lock, "pthread_mutex_lock");
  find(next.mutex_trylock, "pthread_mutex_trylock");
  find(next.mutex_timedlock, "pthread_mutex_timedlock");
  find(next.mutex_clocklock, "pthread_mutex_clocklock");
  find(next.mutex_unlock, "pthread_mutex_unlock");
  find(next.rwlock_rdlock, "pthread_rwlock_rdlock");
  find(next.rwlock_tryrdlock, "pthread_rwlock_tryrdlock");
  find(next.rwlock_timedrdlock, "pthread_rwlock_timedrdlock");
  find(next.rwlock_clockrdlock, "pthread_rwlock_clockrdlock");
  find(next.rwlock_wrlock, "pthread_rwlock_wrlock");
  find(next.rwlock_trywrlock, "pthread_rwlock_trywrlock");
  find(next.rwlock_timedwrlock, "pthread_rwlock_timedwrlock");
  find(next.rwlock_clockwrlock, "pthread_rwlock_clockwrlock");
  find(next.rwlock_unlock, "pthread_rwlock_unlock");
  find_condition(next.cond_wait, "pthread_cond_wait");
  find_condition(next.cond_timedwait, "pthread_cond_timedwait");
  find(next.cond_clockwait, "pthread_cond_clockwait");
  find_condition(next.cond_signal, "pthread_cond_signal");
  find_condition(next.cond_broadcast, "pthread_cond_broadcast");
  find(next.sem_wait, "sem_wait");
  find(next.sem_trywait, "sem_trywait");
  find(next.sem_timedwait, "sem_timedwait");
  find(next.sem_clockwait, "sem_clockwait");
  find(next.sem_post, "sem_post");
  find(next.join, "pthread_join");
  find(next.tryjoin, "pthread_tryjoin_np");
  find(next.timedjoin, "pthread_timedjoin_np");
  is_found.store(true, std::memory_order_release);
}

inline void need_calls() {
  if (!is_found.load(std::memory_order_acquire)) [[unlikely]]
    find_calls();
}

// What is slow stands in functions of its own, so that the quick way through saves no registers.
template <class Block>
[[gnu::noinline]] int wait_for_lock(const void* lock, reason why, Block block) {
  wait_recorder::wait now(waits, lock, why);
  const int status = block();
  now.end(true);
  return status;
}

template <class Release>
[[gnu::noinline]] int charged_release(const void* lock, reason why, Release give_up) {
  const blame cost = waits.before_giving_up(lock);
  const int status = give_up();
  waits.after_giving_up(cost, why);
  return status;
}

// An operation on a lock: tried, else waited for.
template <class Try, class Block>
inline int acquire(const void* lock, reason why, Try attempt, Block block) {
  const int at_once = attempt();
  if (at_once != EBUSY) [[likely]]
    return at_once;
  return wait_for_lock(lock, why, block);
}

template <class Release>
inline int release(const void* lock, reason why, Release give_up) {
  if (waits.is_quiet()) [[likely]]
    return give_up();
  return charged_release(lock, why, give_up);
}

// Waiting for a condition gives the mutex up and takes it again.
template <class Block>
inline int wait_for(const void* condition, const void* mutex, Block&& block) {
  const blame cost = waits.before_giving_up(mutex);
  wait_recorder::wait now(waits, condition, reason::condition);
  // Still under the mutex, for want of a place behind it.
  if (cost.waits != 0) waits.after_giving_up(cost, reason::lock);
  const int status = block();
  now.end(true);
  return status;
}

template <class Give>
inline int wake(const void* thing, reason why, bool only_one, Give&& give) {
  const blame cost = waits.before_giving_up(thing, only_one);
  const int status = give();
  if (cost.waits != 0) waits.after_giving_up(cost, why);
  return status;
}

template <class Try, class Block>
inline int wait_for_semaphore(sem_t* s, Try&& attempt, Block&& block) {
  const int errno_before = errno;
  if (attempt() == 0) return 0;
  if (errno != EAGAIN) return -1;
  errno = errno_before;
  wait_recorder::wait now(waits, s, reason::semaphore);
  const int status = block();
  const int errno_after = errno;
  now.end(false);
  errno = errno_after;
  return status;
}

template <class Block>
inline int wait_for_end(pthread_t thread, void** result, Block&& block) {
  // No thing: who ends is not charged.
  if (next.tryjoin != nullptr) {
    const int at_once = next.tryjoin(thread, result);
    if (at_once != EBUSY) return at_once;
  }
  wait_recorder::wait now(waits, nullptr, reason::join);
  const int status = block();
  now.end(false);
  return status;
}

__attribute__((constructor)) void start_library() {
  need_calls();
  if (waits.open()) ::pthread_atfork(nullptr, nullptr, [] { waits.after_fork(); });
}

__attribute__((destructor)) void end_library() {
  waits.close();
}

}  // namespace

}  // namespace nevaperf::preload

using namespace nevaperf::preload;

#define NEVAPERF_REPLACES(name) __asm__(name) __attribute__((visibility("default")))
extern "C" {
int own_mutex_lock(pthread_mutex_t*) NEVAPERF_REPLACES("pthread_mutex_lock");
int own_mutex_timedlock(pthread_mutex_t*, const timespec*)
    NEVAPERF_REPLACES("pthread_mutex_timedlock");
int own_mutex_clocklock(pthread_mutex_t*, clockid_t, const timespec*)
    NEVAPERF_REPLACES("pthread_mutex_clocklock");
int own_mutex_unlock(pthread_mutex_t*) NEVAPERF_REPLACES("pthread_mutex_unlock");
int own_rdlock(pthread_rwlock_t*) NEVAPERF_REPLACES("pthread_rwlock_rdlock");
int own_timedrdlock(pthread_rwlock_t*, const timespec*)
    NEVAPERF_REPLACES("pthread_rwlock_timedrdlock");
int own_clockrdlock(pthread_rwlock_t*, clockid_t, const timespec*)
    NEVAPERF_REPLACES("pthread_rwlock_clockrdlock");
int own_wrlock(pthread_rwlock_t*) NEVAPERF_REPLACES("pthread_rwlock_wrlock");
int own_timedwrlock(pthread_rwlock_t*, const timespec*)
    NEVAPERF_REPLACES("pthread_rwlock_timedwrlock");
int own_clockwrlock(pthread_rwlock_t*, clockid_t, const timespec*)
    NEVAPERF_REPLACES("pthread_rwlock_clockwrlock");
int own_rwlock_unlock(pthread_rwlock_t*) NEVAPERF_REPLACES("pthread_rwlock_unlock");
int own_cond_wait(pthread_cond_t*, pthread_mutex_t*) NEVAPERF_REPLACES("pthread_cond_wait");
int own_cond_timedwait(pthread_cond_t*, pthread_mutex_t*, const timespec*)
    NEVAPERF_REPLACES("pthread_cond_timedwait");
int own_cond_clockwait(pthread_cond_t*, pthread_mutex_t*, clockid_t, const timespec*)
    NEVAPERF_REPLACES("pthread_cond_clockwait");
int own_cond_signal(pthread_cond_t*) NEVAPERF_REPLACES("pthread_cond_signal");
int own_cond_broadcast(pthread_cond_t*) NEVAPERF_REPLACES("pthread_cond_broadcast");
int own_sem_wait(sem_t*) NEVAPERF_REPLACES("sem_wait");
int own_sem_timedwait(sem_t*, const timespec*) NEVAPERF_REPLACES("sem_timedwait");
int own_sem_clockwait(sem_t*, clockid_t, const timespec*) NEVAPERF_REPLACES("sem_clockwait");
int own_sem_post(sem_t*) NEVAPERF_REPLACES("sem_post");
int own_join(pthread_t, void**) NEVAPERF_REPLACES("pthread_join");
int own_timedjoin(pthread_t, void**, const timespec*) NEVAPERF_REPLACES("pthread_timedjoin_np");

int own_mutex_lock(pthread_mutex_t* m) {
  need_calls();
  return acquire(
      m, reason::lock, [=] { return next.mutex_trylock(m); }, [=] { return next.mutex_lock(m); });
}

int own_mutex_timedlock(pthread_mutex_t* m, const timespec* until) {
  need_calls();
  return acquire(
      m, reason::lock, [=] { return next.mutex_trylock(m); },
      [=] { return next.mutex_timedlock(m, until); });
}

int own_mutex_clocklock(pthread_mutex_t* m, clockid_t clock, const timespec* until) {
  need_calls();
  return acquire(
      m, reason::lock, [=] { return next.mutex_trylock(m); },
      [=] { return next.mutex_clocklock(m, clock, until); });
}

int own_mutex_unlock(pthread_mutex_t* m) {
  need_calls();
  return release(m, reason::lock, [=] { return next.mutex_unlock(m); });
}

int own_rdlock(pthread_rwlock_t* l) {
  need_calls();
  return acquire(
      l, reason::read_lock, [=] { return next.rwlock_tryrdlock(l); },
      [=] { return next.rwlock_rdlock(l); });
}

int own_timedrdlock(pthread_rwlock_t* l, const timespec* until) {
  need_calls();
  return acquire(
      l, reason::read_lock, [=] { return next.rwlock_tryrdlock(l); },
      [=] { return next.rwlock_timedrdlock(l, until); });
}

int own_clockrdlock(pthread_rwlock_t* l, clockid_t clock, const timespec* until) {
  need_calls();
  return acquire(
      l, reason::read_lock, [=] { return next.rwlock_tryrdlock(l); },
      [=] { return next.rwlock_clockrdlock(l, clock, until); });
}

int own_wrlock(pthread_rwlock_t* l) {
  need_calls();
  return acquire(
      l, reason::write_lock, [=] { return next.rwlock_trywrlock(l); },
      [=] { return next.rwlock_wrlock(l); });
}

int own_timedwrlock(pthread_rwlock_t* l, const timespec* until) {
  need_calls();
  return acquire(
      l, reason::write_lock, [=] { return next.rwlock_trywrlock(l); },
      [=] { return next.rwlock_timedwrlock(l, until); });
}

int own_clockwrlock(pthread_rwlock_t* l, clockid_t clock, const timespec* until) {
  need_calls();
  return acquire(
      l, reason::write_lock, [=] { return next.rwlock_trywrlock(l); },
      [=] { return next.rwlock_clockwrlock(l, clock, until); });
}

int own_rwlock_unlock(pthread_rwlock_t* l) {
  need_calls();
  return release(l, reason::write_lock, [=] { return next.rwlock_unlock(l); });
}

int own_cond_wait(pthread_cond_t* c, pthread_mutex_t* m) {
  need_calls();
  return wait_for(c, m, [=] { return next.cond_wait(c, m); });
}

int own_cond_timedwait(pthread_cond_t* c, pthread_mutex_t* m, const timespec* until) {
  need_calls();
  return wait_for(c, m, [=] { return next.cond_timedwait(c, m, until); });
}

int own_cond_clockwait(pthread_cond_t* c, pthread_mutex_t* m, clockid_t clock,
                       const timespec* until) {
  need_calls();
  return wait_for(c, m, [=] { return next.cond_clockwait(c, m, clock, until); });
}

int own_cond_signal(pthread_cond_t* c) {
  need_calls();
  return wake(c, reason::condition, true, [=] { return next.cond_signal(c); });
}

int own_cond_broadcast(pthread_cond_t* c) {
  need_calls();
  return wake(c, reason::condition, false, [=] { return next.cond_broadcast(c); });
}

int own_sem_wait(sem_t* s) {
  need_calls();
  return wait_for_semaphore(
      s, [=] { return next.sem_trywait(s); }, [=] { return next.sem_wait(s); });
}

int own_sem_timedwait(sem_t* s, const timespec* until) {
  need_calls();
  return wait_for_semaphore(
      s, [=] { return next.sem_trywait(s); }, [=] { return next.sem_timedwait(s, until); });
}

int own_sem_clockwait(sem_t* s, clockid_t clock, const timespec* until) {
  need_calls();
  return wait_for_semaphore(
      s, [=] { return next.sem_trywait(s); }, [=] { return next.sem_clockwait(s, clock, until); });
}

int own_sem_post(sem_t* s) {
  need_calls();
  return wake(s, reason::semaphore, true, [=] { return next.sem_post(s); });
}

int own_join(pthread_t thread, void** result) {
  need_calls();
  return wait_for_end(thread, result, [=] { return next.join(thread, result); });
}

int own_timedjoin(pthread_t thread, void** result, const timespec* until) {
  need_calls();
  return wait_for_end(thread, result, [=] { return next.timedjoin(thread, result, until); });
}
}
