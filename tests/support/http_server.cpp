#include "tests/support/http_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>

namespace nevaperf::tests {

namespace {

// False: the server is to stop.
bool wait_readable(int socket, int stop) {
  pollfd both[] = {{socket, POLLIN, 0}, {stop, POLLIN, 0}};
  return poll(both, 2, -1) > 0 && both[1].revents == 0;
}

}  // namespace

http_server::http_server(std::function<void(talk&)> answer)
    : answer_(std::move(answer)),
      listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      stop_(eventfd(0, EFD_CLOEXEC)) {
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof at;
  auto* address = reinterpret_cast<sockaddr*>(&at);
  if (bind(listener_, address, size) != 0 || listen(listener_, 16) != 0 ||
      getsockname(listener_, address, &size) != 0)
    throw std::runtime_error("the test server cannot listen");
  port_ = ntohs(at.sin_port);
  accepting_ = std::thread([this] { accept_all(); });
}

http_server::~http_server() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = write(stop_, &one, sizeof one);
  accepting_.join();
  for (std::thread& t : talks_) t.join();
  close(listener_);
  close(stop_);
}

std::string http_server::address() const {
  return "127.0.0.1:" + std::to_string(port_);
}
std::string http_server::url(std::string_view path) const {
  return "http://" + address() + std::string(path);
}

void http_server::accept_all() {
  while (wait_readable(listener_, stop_)) {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    ++connections_;
    talks_.emplace_back([this, socket] { serve(socket); });
  }
}

void http_server::serve(int socket) {
  talk t(*this, socket);
  while (!t.is_over_ && t.read_request()) answer_(t);
  ::close(socket);
}

bool http_server::talk::read_request() {
  std::size_t end = 0;
  while ((end = unread_.find("\r\n\r\n")) == std::string::npos) {
    char piece[4096];
    if (!wait_readable(socket_, server_.stop_)) return false;
    const ssize_t n = recv(socket_, piece, sizeof piece, 0);
    if (n <= 0) return false;
    unread_.append(piece, static_cast<std::size_t>(n));
  }
  head_ = unread_.substr(0, end);
  unread_.erase(0, end + 4);
  const std::size_t start = head_.find(' ') + 1;
  path_ = head_.substr(start, head_.find(' ', start) - start);
  return true;
}

bool http_server::talk::send(std::string_view text) {
  while (!text.empty()) {
    pollfd both[] = {{socket_, POLLOUT, 0}, {server_.stop_, POLLIN, 0}};
    if (poll(both, 2, -1) <= 0 || both[1].revents != 0) return false;
    const ssize_t n = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n < 0) {
      is_over_ = true;
      return false;
    }
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

void http_server::talk::answer(std::string_view body) {
  send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n");
  send(body);
}

void http_server::talk::wait_for_end() {
  wait_readable(socket_, server_.stop_);
  is_over_ = true;
}

void http_server::talk::reset() {
  const linger none{1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &none, sizeof none);
  is_over_ = true;
}

}  // namespace nevaperf::tests
