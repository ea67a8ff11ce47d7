// Pages by HTTP: whole, or as a stream of pieces while they come.
#include <string>

#include "runtime/message/text.hpp"
#include "runtime/nodes/error_value.hpp"
#include "runtime/nodes/families.hpp"
#include "runtime/nodes/go_url.hpp"
#include "runtime/nodes/pair.hpp"
#include "runtime/nodes/stream_event.hpp"
#include "runtime/schedule/waits.hpp"
#include "runtime/system/http_client.hpp"

namespace nevaperf::runtime {

namespace {

using started = base::result<node_task>;

// As Go's client says it: `Get "http://127.0.0.1:1/": dial tcp ...`.
std::string get_error(std::string_view url, std::string_view cause) {
  std::string text = "Get ";
  append_go_quoted(text, url);
  return text.append(": ").append(cause);
}

// A request while it is under way: at most one thread at a time works on it.
class page {
 public:
  explicit page(http_clients& clients) : clients_(&clients) {}

  bool open(std::string_view text, int cancel) {
    const auto url = parse_go_url(text);
    if (!url) return fail(url.error().what);
    if (url->scheme != "http" && url->scheme != "https") {
      std::string cause = "unsupported protocol scheme ";
      append_go_quoted(cause, url->scheme);
      return fail(get_error(url->text, cause));
    }
    if (url->host.empty()) return fail(get_error(url->text, "http: no Host in request URL"));
    auto client = clients_->take();
    if (!client) return fail(get_error(url->text, client.error().what));
    client_ = std::move(*client);
    shown_ = url->text;
    asked_ = url->request;
    return client_->open(asked_, {}, cancel) || fail_as_client();
  }
  bool read_piece(int cancel) { return client_->read(body_, cancel) || fail_as_client(); }
  bool read_all(int cancel) { return client_->read_rest(body_, cancel) || fail_as_client(); }

  // The client is free for others.
  void close() {
    if (client_) clients_->give_back(std::move(client_));
  }

  [[nodiscard]] bool has_failed() const { return !failure_.empty(); }
  [[nodiscard]] const std::string& failure() const { return failure_; }
  [[nodiscard]] std::int64_t status() const { return client_->status(); }
  [[nodiscard]] const std::string& body() const { return body_; }

 private:
  bool fail(std::string text) {
    failure_ = std::move(text);
    return false;
  }
  bool fail_as_client() {
    const http_failure& f = client_->failure();
    if (f.in_body) return fail(f.cause);
    const bool is_same = f.url.empty() || f.url == asked_;
    return fail(get_error(is_same ? shown_ : f.url, f.cause));
  }

  http_clients* clients_;
  std::unique_ptr<http_client> client_;
  std::string shown_;  // in errors
  std::string asked_;
  std::string body_;
  std::string failure_;
};

node_task http_get(input url, output res, output err, http_clients& clients, const shape* form) {
  for (;;) {
    const message given = co_await url.receive();
    const std::string address(url.string(given));
    page p(clients);
    co_await blocking_call([&](const blocking_pool& pool) {
      const int cancel = pool.cancel_descriptor();
      if (p.open(address, cancel)) p.read_all(cancel);
    });
    if (p.has_failed())
      co_await err.send(error_value(p.failure()));
    else
      co_await res.send(make_pair(form, message::bytes(p.body()), message::integer(p.status())));
    p.close();
  }
}

node_task http_get_stream(input url, output status, output res, output err, http_clients& clients,
                          stream_tags tags) {
  for (;;) {
    const message given = co_await url.receive();
    const std::string address(url.string(given));
    page p(clients);
    co_await blocking_call(
        [&](const blocking_pool& pool) { p.open(address, pool.cancel_descriptor()); });
    if (!p.has_failed()) {
      co_await status.send(message::integer(p.status()));
      co_await res.send(message::tagged(tags.open));
      for (;;) {
        co_await blocking_call(
            [&](const blocking_pool& pool) { p.read_piece(pool.cancel_descriptor()); });
        if (p.has_failed() || p.body().empty()) break;
        co_await res.send(message::tagged(tags.data, message::bytes(p.body())));
      }
      co_await res.send(message::tagged(tags.close));
    }
    p.close();
    if (p.has_failed()) co_await err.send(error_value(p.failure()));
  }
}

constexpr std::string_view request_errors =
    "as Go's client says it: `Get \"URL\": unsupported protocol scheme \"\"`, `dial tcp HOST: "
    "connect: connection refused`, `EOF`; also no connection within 30 s, no byte for 30 s, not "
    "done "
    "within 300 s";

constexpr function table[] = {
    {.ref = "http_get",
     .ins = "url",
     .outs = "res err",
     .start = [](const binding& b) -> started {
       return http_get(b.in("url"), b.out("res"), b.out("err"),
                       b.world.services.get<http_clients>(), pair_shape("body", "statusCode"));
     },
     .summary =
         "Gets a page: a struct `{body, statusCode}` of bytes and an int, whatever the status. "
         "Follows redirects, 10 requests in all. A body may have 64 MiB.",
     .errors = request_errors},
    {.ref = "http_get_stream",
     .ins = "url",
     .outs = "status res err",
     .start = [](const binding& b) -> started {
       return http_get_stream(b.in("url"), b.out("status"), b.out("res"), b.out("err"),
                              b.world.services.get<http_clients>(), stream_tags());
     },
     .summary =
         "Gets a page of any size: the status, then the body as a stream of bytes, pieces as "
         "they come. After an error in the body: Close, then `err`.",
     .errors = request_errors},
};

}  // namespace

std::span<const function> http_functions() {
  return table;
}

}  // namespace nevaperf::runtime
