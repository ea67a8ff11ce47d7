// Gets pages by HTTP, with limits on everything that a server can draw out, and can be cancelled at
// any moment.
//
// A client does one request at a time and keeps its connections for the next; redirects are
// followed, 10 requests in all; a compressed body is unpacked. A body can be taken piece by piece
// while it comes: what is not taken is not asked for.
//
//   if (client.open(url, cancel)) while (client.read(piece, cancel) && !piece.empty()) use(piece);
//
// Thread safety: owner only, but any thread at a time. `http_clients`: any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"

namespace nevaperf::runtime {

struct http_limits {
  std::chrono::milliseconds connect{30'000};
  std::chrono::seconds stalled{30};                // without a single byte
  std::chrono::milliseconds total{300'000};        // 0: none
  std::size_t body_bytes = std::size_t{64} << 20;  // that have come and are not taken
};

// Why a request failed, in Go's words as far as Go has some.
struct http_failure {
  std::string url;       // the last one, after redirects
  std::string cause;     // "dial tcp 127.0.0.1:1: connect: connection refused"
  bool in_body = false;  // the connection broke in the body: Go does not name the URL then
};

class http_client {
 public:
  static base::result<std::unique_ptr<http_client>> make();
  http_client(const http_client&) = delete;
  http_client& operator=(const http_client&) = delete;
  ~http_client();

  // Waits for the beginning of the answer. False: see `failure`.
  bool open(const std::string& url, const http_limits& limits, int cancel);
  [[nodiscard]] long status() const;
  // The next piece of the body; empty at the end. A failure comes after all that came before it.
  bool read(std::string& piece, int cancel);
  // All of the body.
  bool read_rest(std::string& body, int cancel);

  [[nodiscard]] const http_failure& failure() const { return failure_; }

 private:
  struct handles;
  explicit http_client(std::unique_ptr<handles> h);

  [[nodiscard]] bool has_failed() const { return !failure_.cause.empty(); }
  void advance(int cancel);
  void fail_with(std::string cause);
  std::string cause_of(int code) const;
  std::string timeout_cause() const;

  std::unique_ptr<handles> handles_;
  http_limits limits_;
  http_failure failure_;
};

// Clients that are free, so that connections are used again by whichever node asks next.
class http_clients {
 public:
  base::result<std::unique_ptr<http_client>> take();
  void give_back(std::unique_ptr<http_client> client);

 private:
  std::mutex lock_;
  std::vector<std::unique_ptr<http_client>> free_;
};

}  // namespace nevaperf::runtime
