#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <thread>

#include "runtime/system/errno_text.hpp"
#include "runtime/system/text_sink.hpp"
#include "runtime/system/text_source.hpp"
#include "tests/support/catch.hpp"

using nevaperf::runtime::channel;
using nevaperf::runtime::errno_text;
using nevaperf::runtime::text_sink;
using nevaperf::runtime::text_source;

namespace {

std::string read_everything(int number) {
  std::string all;
  char piece[4096];
  for (ssize_t n = 0; (n = read(number, piece, sizeof piece)) > 0;)
    all.append(piece, static_cast<std::size_t>(n));
  return all;
}

}  // namespace

TEST_CASE("values written by several threads stay whole") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  std::string got;
  std::thread reader([&] { got = read_everything(ends[0]); });
  constexpr int lines_each = 3000;
  {
    text_sink out(ends[1], "stdout");
    std::vector<std::thread> writers;
    for (char c : {'a', 'b', 'c'})
      writers.emplace_back([&out, c] {
        for (int i = 0; i < lines_each; ++i) out.write(std::string(50, c) + "\n");
      });
    for (std::thread& w : writers) w.join();
    CHECK(out.flush());
  }
  close(ends[1]);
  reader.join();
  close(ends[0]);
  CHECK(got.size() == 3U * lines_each * 51);
  int whole = 0;
  for (std::size_t at = 0; at + 51 <= got.size(); at += 51)
    whole += got.substr(at, 51) == std::string(50, got[at]) + "\n" ? 1 : 0;
  CHECK(whole == 3 * lines_each);
}

TEST_CASE("a descriptor that would block is waited for") {
  int ends[2];
  REQUIRE(pipe2(ends, O_NONBLOCK) == 0);
  const std::string large(1'000'000, 'x');
  std::string got;
  std::thread reader([&] {
    while (got.size() < large.size()) got += read_everything(ends[0]);
  });
  text_sink out(ends[1], "stdout");
  CHECK(out.write(large));
  CHECK(out.flush());
  reader.join();
  CHECK((got == large));
  close(ends[0]);
  close(ends[1]);
}

TEST_CASE("a failed write is kept") {
  const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
  text_sink out(full, "stdout");
  CHECK(out.write("x"));
  CHECK_FALSE(out.failure());
  CHECK_FALSE(out.flush());
  REQUIRE(out.failure());
  CHECK(out.failure()->line() ==
        "stdout: cannot write: No space left on device (check where the output goes)");
  CHECK_FALSE(out.write("y"));
  CHECK_FALSE(out.flush());
  close(full);
}

TEST_CASE("a failed write names the first whose text was lost") {
  const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
  const char ports[2] = {};  // only their addresses count
  const auto* first = reinterpret_cast<const channel*>(&ports[0]);
  const auto* second = reinterpret_cast<const channel*>(&ports[1]);
  text_sink out(full, "stdout");
  CHECK(out.write("x", first));
  CHECK(out.write("y", second));
  CHECK_FALSE(out.flush());
  CHECK_FALSE(out.write("z", second));
  CHECK(out.first_lost() == first);
  close(full);
}

TEST_CASE("input is shared by those who read one after the other") {
  text_source in(std::string("abcdef"));
  {
    text_source::session first(in);
    CHECK(first.buffered() == "abcdef");
    first.consume(2);
    std::thread([&] { CHECK_FALSE(text_source::session(in, std::try_to_lock).is_open()); }).join();
  }
  text_source::session second(in, std::try_to_lock);
  REQUIRE(second.is_open());
  CHECK(second.buffered() == "cdef");
  CHECK(second.fill(-1) == 0);
  CHECK(second.is_at_end());
  CHECK(second.buffered() == "cdef");
}

TEST_CASE("waiting for input can be cancelled") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const int cancel = eventfd(1, EFD_CLOEXEC);
  text_source in(ends[0]);
  text_source::session reading(in);
  CHECK(reading.fill(cancel) == ECANCELED);
  CHECK_FALSE(reading.is_at_end());
  close(ends[0]);
  close(ends[1]);
  close(cancel);
}

TEST_CASE("errors of the system in Go's words") {
  CHECK(errno_text(ENOENT) == "no such file or directory");
  CHECK(errno_text(EREMOTEIO) == "remote I/O error");
  CHECK(errno_text(EDOTDOT) == "RFS specific error");
  CHECK(errno_text(ESTALE) == "stale NFS file handle");
  CHECK(errno_text(100'000) == "errno 100000");
}
