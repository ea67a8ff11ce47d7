#include "runtime/system/http_client.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <thread>

#include "tests/support/catch.hpp"
#include "tests/support/http_server.hpp"

using namespace std::chrono_literals;
using nevaperf::runtime::http_client;
using nevaperf::runtime::http_clients;
using nevaperf::runtime::http_limits;
using nevaperf::tests::http_server;

namespace {

std::unique_ptr<http_client> make_client() {
  auto made = http_client::make();
  REQUIRE(made);
  return std::move(*made);
}

constexpr int no_cancel = -1;

std::string repeated(std::size_t bytes) {
  std::string text;
  for (int i = 0; text.size() < bytes; ++i) text += std::to_string(i) + "\n";
  return text;
}

}  // namespace

TEST_CASE("a large body comes whole, at once or in pieces") {
  const std::string large = repeated(12'000'000);
  http_server server([&](http_server::talk& t) { t.answer(large); });
  const auto client = make_client();
  REQUIRE(client->open(server.url("/"), {}, no_cancel));
  CHECK(client->status() == 200);
  std::string body;
  REQUIRE(client->read_rest(body, no_cancel));
  CHECK((body == large));

  REQUIRE(client->open(server.url("/"), {}, no_cancel));
  std::string all;
  int pieces = 0;
  for (std::string piece; client->read(piece, no_cancel) && !piece.empty(); ++pieces) all += piece;
  CHECK((all == large));
  CHECK(pieces > 1);
  CHECK(server.connections() == 1);  // the second request used it again
}

TEST_CASE("a body over the limit is an error, but not one that is taken in pieces") {
  const std::string large = repeated(3'000'000);
  http_server server([&](http_server::talk& t) { t.answer(large); });
  const auto client = make_client();
  const http_limits limits{.body_bytes = 2'000'000};
  std::string body;
  REQUIRE(client->open(server.url("/"), limits, no_cancel));
  CHECK_FALSE(client->read_rest(body, no_cancel));
  CHECK(client->failure().cause == "the body is larger than 2000000 bytes");
  CHECK(client->failure().url == server.url("/"));

  REQUIRE(client->open(server.url("/"), limits, no_cancel));
  std::size_t bytes = 0;
  for (std::string piece; client->read(piece, no_cancel) && !piece.empty();) bytes += piece.size();
  CHECK(bytes == large.size());
}

TEST_CASE("a server that says nothing is given up") {
  http_server server([](http_server::talk& t) { t.wait_for_end(); });
  const auto client = make_client();
  CHECK_FALSE(client->open(server.url("/"), {.total = 200ms}, no_cancel));
  CHECK(client->failure().cause == "not done within 200 ms");
}

TEST_CASE("a server that stops in the middle is given up") {
  http_server server([](http_server::talk& t) {
    t.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbeginning");
    t.wait_for_end();
  });
  const auto client = make_client();
  std::string piece;
  REQUIRE(client->open(server.url("/"), {.stalled = 1s}, no_cancel));
  REQUIRE(client->read(piece, no_cancel));
  CHECK(piece == "beginning");
  CHECK_FALSE(client->read(piece, no_cancel));
  CHECK(client->failure().cause == "no data for 1 s");
}

TEST_CASE("a request is cancelled while it waits") {
  http_server server([](http_server::talk& t) { t.wait_for_end(); });
  const int cancel = eventfd(0, EFD_CLOEXEC);
  std::thread later([&] {
    std::this_thread::sleep_for(20ms);
    const std::uint64_t one = 1;
    CHECK(write(cancel, &one, sizeof one) == sizeof one);
  });
  const auto client = make_client();
  CHECK_FALSE(client->open(server.url("/"), {}, cancel));
  CHECK(client->failure().cause == "operation canceled");
  later.join();
  close(cancel);
}

TEST_CASE("free clients are used again") {
  http_clients clients;
  auto first = clients.take();
  REQUIRE(first);
  const http_client* const known = first->get();
  clients.give_back(std::move(*first));
  const auto again = clients.take();
  REQUIRE(again);
  CHECK(again->get() == known);
  const auto other = clients.take();
  REQUIRE(other);
  CHECK(other->get() != known);
}
