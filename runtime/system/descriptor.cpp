#include "runtime/system/descriptor.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "runtime/system/errno_text.hpp"

namespace nevaperf::runtime {

namespace {

constexpr int no_timeout = -1;

// 0: ready, or nothing happened within the time. A descriptor of -1 is ignored by poll.
int wait_for(int number, short events, int cancel, int timeout_ms) {
  for (;;) {
    pollfd both[] = {{number, events, 0}, {cancel, POLLIN, 0}};
    const int ready = poll(both, 2, timeout_ms);
    if (ready < 0 && errno != EINTR) return errno;
    if (ready < 0) continue;
    return both[1].revents != 0 ? ECANCELED : 0;
  }
}

// Without waiting: EAGAIN if nothing is there yet.
transfer read_now(int from, std::span<char> into) {
  for (;;) {
    const ssize_t n = ::read(from, into.data(), into.size());
    if (n >= 0) return {static_cast<std::size_t>(n), 0};
    if (errno != EINTR) return {0, errno};
  }
}

bool is_named_pipe(const std::string& path) {
  struct stat found {};
  return stat(path.c_str(), &found) == 0 && S_ISFIFO(found.st_mode);
}

}  // namespace

descriptor::~descriptor() {
  close();
}

int descriptor::close() {
  if (number_ < 0) return 0;
  return ::close(std::exchange(number_, -1)) == 0 ? 0 : errno;
}

base::result<descriptor> open_path(const std::string& path, int flags, unsigned mode, int cancel) {
  if (path.find('\0') != std::string::npos) return path_error("open", path, EINVAL);
  for (;;) {
    const int number = ::open(path.c_str(), flags | O_CLOEXEC | O_NONBLOCK, mode);
    if (number >= 0) return descriptor(number);
    if (errno == EINTR) continue;
    const int error = errno;
    // A named pipe without a reader: there is no way to wait for one but to try again.
    constexpr int try_again_ms = 10;
    if (error != ENXIO || !is_named_pipe(path)) return path_error("open", path, error);
    if (const int given_up = wait_for(-1, 0, cancel, try_again_ms); given_up != 0)
      return path_error("open", path, given_up);
  }
}

transfer read_some(int from, std::span<char> into, int cancel) {
  for (;;) {
    if (const int error = wait_for(from, POLLIN, cancel, no_timeout); error != 0) return {0, error};
    const transfer got = read_now(from, into);
    if (got.error != EAGAIN) return got;
  }
}

int read_to_end(int from, std::string& into, int cancel) {
  constexpr std::size_t smallest = std::size_t{4} << 10;
  constexpr std::size_t largest = std::size_t{256} << 10;
  std::size_t piece = largest;
  struct stat about {};
  const bool is_file = fstat(from, &about) == 0 && S_ISREG(about.st_mode);
  if (is_file) {
    // Its size says how much there is to read, but is not to be relied on (/proc says 0). One byte
    // more finds the end.
    const auto size = static_cast<std::size_t>(std::max<off_t>(about.st_size, 0));
    piece = std::clamp(size + 1, smallest, largest);
    into.reserve(into.size() + size + piece);
  }
  for (;;) {
    const std::size_t before = into.size();
    into.resize(before + piece);
    const std::span<char> room = std::span(into).subspan(before);
    // A file is always ready: to ask first would cost as much as to read a small one.
    const bool at_once = is_file && piece < largest;  // a large file can be cancelled
    const transfer got = at_once ? read_now(from, room) : read_some(from, room, cancel);
    into.resize(before + got.bytes);
    if (got.error != 0 || got.bytes == 0) return got.error;
    piece = std::min(2 * piece, largest);
  }
}

transfer write_fully(int to, std::string_view data, int cancel) {
  transfer done;
  while (done.bytes < data.size()) {
    const ssize_t n = ::write(to, data.data() + done.bytes, data.size() - done.bytes);
    if (n >= 0) {
      done.bytes += static_cast<std::size_t>(n);
      continue;
    }
    if (errno == EINTR) continue;
    done.error = errno == EAGAIN ? wait_for(to, POLLOUT, cancel, no_timeout) : errno;
    if (done.error != 0) break;
  }
  return done;
}

}  // namespace nevaperf::runtime
