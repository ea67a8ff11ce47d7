#include "tests/profiles/preload/stress.hpp"

#include <dlfcn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace nevaperf::tests {

namespace {

std::mutex shared_lock;
unsigned long shared_sum = 0;

unsigned long thrown_depth(int depth) {
  if (depth == 0) throw std::runtime_error(std::string(40, 'x'));
  const auto kept = std::make_unique<std::string>(100, 'y');
  return thrown_depth(depth - 1) + kept->size();
}

void one_round(const char* part, unsigned long round) {
  try {
    thrown_depth(8);
  } catch (const std::exception& e) {
    const std::lock_guard hold(shared_lock);
    shared_sum += std::string(e.what()).size();
  }
  if (round % 16 == 0) {
    if (void* const library = ::dlopen(part, RTLD_NOW | RTLD_LOCAL)) {
      using work = unsigned long (*)(unsigned long);
      if (const auto call = reinterpret_cast<work>(::dlsym(library, "part_work"))) call(50);
      ::dlclose(library);
    }
  }
  if (round % 64 == 0) {
    const pid_t child = ::fork();
    if (child == 0) {
      const std::string text(5000, 'z');
      ::_exit(text.size() == 5000 ? 0 : 1);
    }
    if (child > 0) ::waitpid(child, nullptr, 0);
  }
  std::thread([] { std::vector<int> some(1000); }).join();
}

}  // namespace

void stress(const char* part, int milliseconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([part, end] {
      for (unsigned long round = 1; std::chrono::steady_clock::now() < end; ++round)
        one_round(part, round);
    });
  for (std::thread& t : threads) t.join();
}

}  // namespace nevaperf::tests
