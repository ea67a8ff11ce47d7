// A web server on 127.0.0.1 that answers as a test tells it, also in ways that no real one should.
//
//   http_server server([](http_server::talk& t) { t.send("HTTP/1.1 204 No Content\r\n\r\n"); });
//   get(server.url("/path"));
//
// Each connection has a thread; one request after the other is read from it and answered by the
// function, until the function has called `close` or `reset`, or the client is gone.
//
// Thread safety: the function is called from several threads; the rest: owner only.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace nevaperf::tests {

class http_server {
 public:
  class talk {
   public:
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] const std::string& head() const { return head_; }  // of the request
    bool send(std::string_view text);                                // false: the client is gone
    void answer(std::string_view body);                              // 200 with a Content-Length
    void wait_for_end();  // until the client or the server goes away
    void close() { is_over_ = true; }
    void reset();  // the client sees "connection reset by peer"

   private:
    friend class http_server;
    talk(const http_server& server, int socket) : server_(server), socket_(socket) {}
    bool read_request();

    const http_server& server_;
    int socket_;
    std::string unread_;
    std::string head_;
    std::string path_;
    bool is_over_ = false;
  };

  explicit http_server(std::function<void(talk&)> answer);
  http_server(const http_server&) = delete;
  http_server& operator=(const http_server&) = delete;
  ~http_server();

  [[nodiscard]] std::string url(std::string_view path) const;
  [[nodiscard]] std::string address() const;  // "127.0.0.1:port"
  [[nodiscard]] int connections() const { return connections_; }

 private:
  void accept_all();
  void serve(int socket);

  std::function<void(talk&)> answer_;
  int listener_ = -1;
  int stop_ = -1;  // readable from the end on
  int port_ = 0;
  std::atomic<int> connections_ = 0;
  std::mutex lock_;
  std::vector<std::thread> talks_;
  std::thread accepting_;
};

}  // namespace nevaperf::tests
