// A program whose allocations are known.
//
//   alloc_subject sites ROUNDS        prints "SITE OBJECTS BYTES" lines
//   alloc_subject counted             prints how many allocations came through to counting_malloc
//                                     while it made 1000
//   alloc_subject stress PART MS | crash | kill | exit | exec | fork | fill
#include <dlfcn.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "tests/profiles/preload/stress.hpp"

namespace {

volatile char sink;

[[gnu::noinline]] void* small_site() {
  void* const p = std::malloc(40);
  sink = static_cast<char*>(p)[0] = 1;
  return p;
}
[[gnu::noinline]] char* middle_site() {
  char* const p = new char[600];
  sink = p[0] = 1;
  return p;
}
[[gnu::noinline]] void* large_site() {
  void* const p = std::calloc(3, 100'000);
  sink = static_cast<char*>(p)[0] = 1;
  return p;
}
[[gnu::noinline]] void* grown_site(void* p) {
  void* const q = std::realloc(p, 2'000);
  sink = static_cast<char*>(q)[0] = 1;
  return q;
}
[[gnu::noinline]] void* kept_site() {
  void* const p = std::aligned_alloc(64, 640);
  sink = static_cast<char*>(p)[0] = 1;
  return p;
}

void sites(long rounds) {
  static std::vector<void*> kept;
  kept.reserve(static_cast<std::size_t>(rounds / 4 + 1));
  long large = 0;
  long grown = 0;
  for (long i = 0; i < rounds; ++i) {
    std::free(small_site());
    delete[] middle_site();
    if (i % 400 == 0) ++large, std::free(large_site());
    if (i % 4 == 0) ++grown, std::free(grown_site(nullptr)), kept.push_back(kept_site());
  }
  std::printf("small_site %ld %ld\nmiddle_site %ld %ld\nlarge_site %ld %ld\n", rounds, rounds * 40,
              rounds, rounds * 600, large, large * 300'000);
  std::printf("grown_site %ld %ld\nkept_site %ld %ld\n", grown, grown * 2'000, grown, grown * 640);
}

void counted() {
  using count = unsigned long (*)();
  const auto now = reinterpret_cast<count>(::dlsym(RTLD_DEFAULT, "counted_allocations"));
  const unsigned long before = now();
  for (int i = 0; i < 250; ++i) {
    std::free(small_site());
    delete[] middle_site();
    std::free(grown_site(nullptr));
    std::free(kept_site());
  }
  std::printf("%lu\n", now() - before);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::string what = argv[1];
  if (what == "sites") {
    sites(std::atol(argv[2]));
    return 0;
  }
  if (what == "counted") {
    counted();
    return 0;
  }
  if (what == "stress") {
    nevaperf::tests::stress(argv[2], std::atoi(argv[3]));
    return 0;
  }
  for (int i = 0; i < 1000; ++i) std::free(large_site());
  std::fflush(stdout);
  if (what == "crash") *static_cast<volatile int*>(nullptr) = 1;
  if (what == "kill") ::kill(::getpid(), SIGKILL);
  if (what == "exit") ::_exit(3);
  if (what == "exec") ::execl(argv[0], argv[0], "fill", nullptr);
  if (what == "fork") {
    const pid_t child = ::fork();
    if (child == 0) {
      for (int i = 0; i < 1000; ++i) delete[] middle_site();
      ::_exit(0);
    }
    ::waitpid(child, nullptr, 0);
  }
  return 0;
}
