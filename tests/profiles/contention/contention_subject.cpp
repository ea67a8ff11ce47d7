// A program whose waiting is scripted: it prints "WORD NANOSECONDS" lines of what it measured
// itself.
//
//   contention_subject lock|rwlock|condition|semaphore|join MILLISECONDS
//   contention_subject counted | quiet OPERATIONS | cancel | stress PART MS | crash
#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "tests/profiles/preload/stress.hpp"

namespace {

using clock_type = std::chrono::steady_clock;

long now_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(clock_type::now().time_since_epoch())
      .count();
}

void pause_ms(long ms) {
  std::this_thread::sleep_for(std::chrono::milliseconds(ms));
}

pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
sem_t semaphore;
std::atomic<long> waited_ns = 0;
std::atomic<int> ready = 0;
bool is_set = false;

template <class Wait>
void measured(Wait&& wait) {
  ++ready;
  const long start = now_ns();
  wait();
  waited_ns += now_ns() - start;
}

[[gnu::noinline]] void lock_waiter() {
  measured([] { ::pthread_mutex_lock(&mutex); });
  ::pthread_mutex_unlock(&mutex);
}
[[gnu::noinline]] void lock_holder(long ms) {
  ::pthread_mutex_lock(&mutex);
  ++ready;
  pause_ms(ms);
  ::pthread_mutex_unlock(&mutex);
}
[[gnu::noinline]] void read_waiter() {
  measured([] { ::pthread_rwlock_rdlock(&rwlock); });
  ::pthread_rwlock_unlock(&rwlock);
}
[[gnu::noinline]] void write_holder(long ms) {
  ::pthread_rwlock_wrlock(&rwlock);
  ++ready;
  pause_ms(ms);
  ::pthread_rwlock_unlock(&rwlock);
}
[[gnu::noinline]] void condition_waiter() {
  ::pthread_mutex_lock(&mutex);
  measured([] {
    while (!is_set) ::pthread_cond_wait(&condition, &mutex);
  });
  ::pthread_mutex_unlock(&mutex);
}
[[gnu::noinline]] void condition_waker() {
  ::pthread_mutex_lock(&mutex);
  is_set = true;
  ::pthread_mutex_unlock(&mutex);
  ::pthread_cond_broadcast(&condition);
}
[[gnu::noinline]] void semaphore_waiter() {
  measured([] { ::sem_wait(&semaphore); });
}
[[gnu::noinline]] void semaphore_poster() {
  ::sem_post(&semaphore);
}
[[gnu::noinline]] void joiner(std::thread& other) {
  measured([&] { other.join(); });
}

void wait_until_ready(int count) {
  while (ready < count) pause_ms(1);
  pause_ms(2);
}

void run_scripted(const std::string& what, long ms) {
  std::vector<std::thread> threads;
  if (what == "lock") {
    std::thread holder(lock_holder, ms);
    while (ready < 1) std::this_thread::yield();
    for (int i = 0; i < 4; ++i) threads.emplace_back(lock_waiter);
    holder.join();
  } else if (what == "rwlock") {
    std::thread holder(write_holder, ms);
    while (ready < 1) std::this_thread::yield();
    for (int i = 0; i < 3; ++i) threads.emplace_back(read_waiter);
    holder.join();
  } else if (what == "condition") {
    for (int i = 0; i < 3; ++i) {  // one by one, so that none waits for the mutex
      threads.emplace_back(condition_waiter);
      wait_until_ready(i + 1);
    }
    pause_ms(ms);
    condition_waker();
  } else if (what == "semaphore") {
    threads.emplace_back(semaphore_waiter);
    wait_until_ready(1);
    pause_ms(ms);
    semaphore_poster();
  } else if (what == "join") {
    std::thread other(pause_ms, ms);
    joiner(other);
  }
  for (std::thread& t : threads) t.join();
  std::printf("waited %ld\n", waited_ns.load());
}

// A thread that is cancelled while it waits must leave no trace of waiting behind.
void cancel() {
  std::thread waiter([] {
    ++ready;
    ::sem_wait(&semaphore);
  });
  wait_until_ready(1);
  ::pthread_cancel(waiter.native_handle());
  waiter.join();
  run_scripted("semaphore", 400);
}

void counted() {
  using count = unsigned long (*)();
  const auto allocations = reinterpret_cast<count>(::dlsym(RTLD_DEFAULT, "counted_allocations"));
  std::atomic<bool> is_over = false;
  std::thread other([&] {
    while (!is_over) lock_holder(1);
  });
  wait_until_ready(1);
  const unsigned long before = allocations();
  for (int i = 0; i < 50; ++i) lock_waiter();
  std::printf("allocations %lu\n", allocations() - before);
  is_over = true;
  other.join();
}

void quiet(long operations) {
  const long start = now_ns();
  for (long i = 0; i < operations; ++i) {
    ::pthread_mutex_lock(&mutex);
    ::pthread_mutex_unlock(&mutex);
  }
  std::printf("%.2f ns for a lock and an unlock\n",
              static_cast<double>(now_ns() - start) / static_cast<double>(operations));
}

// Short waits, many of them: what chooses by duration must not be biased.
void many(long rounds) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i)
    threads.emplace_back([rounds] {
      for (long r = 0; r < rounds; ++r) {
        lock_waiter();
        ::pthread_mutex_lock(&mutex);
        const long until = now_ns() + 2'000;
        while (now_ns() < until) {
        }
        ::pthread_mutex_unlock(&mutex);
      }
    });
  for (std::thread& t : threads) t.join();
  std::printf("waited %ld\n", waited_ns.load());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::string what = argv[1];
  ::sem_init(&semaphore, 0, 0);
  if (what == "cancel") cancel();
  if (what == "counted") counted();
  if (what == "quiet") quiet(std::atol(argv[2]));
  if (what == "many") many(std::atol(argv[2]));
  if (what == "stress") nevaperf::tests::stress(argv[2], std::atoi(argv[3]));
  if (what == "crash") {
    run_scripted("lock", 50);
    std::fflush(stdout);
    *static_cast<volatile int*>(nullptr) = 1;
  }
  for (const char* scripted : {"lock", "rwlock", "condition", "semaphore", "join"})
    if (what == scripted) run_scripted(what, std::atol(argv[2]));
  return 0;
}
