#include <zlib.h>

#include "tests/support/catch.hpp"
#include "tests/support/http_server.hpp"
#include "tests/support/node_fixture.hpp"

using nevaperf::runtime::environment;
using nevaperf::tests::http_server;
using nevaperf::tests::run_node;

namespace {

std::string get(const std::string& url) {
  return run_node("http_get", "url \"" + url + "\"");
}
std::string get_stream(const std::string& url) {
  return run_node("http_get_stream", "url \"" + url + "\"");
}

// The error message of a Get, as a value of a test.
std::string failed(const std::string& url, const std::string& cause) {
  return "err !\"Get \\\"" + url + "\\\": " + cause + "\"";
}

void redirect(http_server::talk& t, const std::string& to) {
  t.send("HTTP/1.1 302 Found\r\nLocation: " + to + "\r\nContent-Length: 7\r\n\r\nignored");
}

}  // namespace

TEST_CASE("http_get gives body and status, whatever the status") {
  http_server server([](http_server::talk& t) {
    if (t.path() == "/missing")
      t.send("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno");
    else if (t.path() == "/empty")
      t.send("HTTP/1.1 204 No Content\r\n\r\n");
    else
      t.answer(std::string("a\0\xff", 3));
  });
  CHECK(get(server.url("/")) == R"(res (body: b"a\x00\xff", statusCode: 200))");
  CHECK(get(server.url("/missing")) == R"(res (body: b"no", statusCode: 404))");
  CHECK(get(server.url("/empty")) == R"(res (body: b"", statusCode: 204))");
}

TEST_CASE("http_get sends the URL as Go does") {
  http_server server(
      [](http_server::talk& t) { t.answer(t.head().substr(0, t.head().find('\r'))); });
  CHECK(get(server.url("")) == R"(res (body: b"GET / HTTP/1.1", statusCode: 200))");
  CHECK(get(server.url("/a b/../c?d=é#frag")).starts_with(R"(res (body: b"GET /a%20b/../c?d=)"));
}

TEST_CASE("http_get: chunks, and an end without a length") {
  http_server server([](http_server::talk& t) {
    if (t.path() == "/chunks") {
      t.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
      t.send("2\r\nde\r\n0\r\n\r\n");
    } else {
      t.send("HTTP/1.1 200 OK\r\n\r\nuntil the end");
      t.close();
    }
  });
  CHECK(get(server.url("/chunks")) == R"(res (body: b"abcde", statusCode: 200))");
  CHECK(get(server.url("/end")) == R"(res (body: b"until the end", statusCode: 200))");
}

TEST_CASE("http_get unpacks what is compressed") {
  http_server server([](http_server::talk& t) {
    CHECK(t.head().find("Accept-Encoding: gzip") != std::string::npos);
    std::string text(10'000, 'x');
    std::string packed(1000, '\0');
    z_stream z{};
    const int gzip = 16 + MAX_WBITS;
    deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip, 8, Z_DEFAULT_STRATEGY);
    z.next_in = reinterpret_cast<Bytef*>(text.data());
    z.avail_in = static_cast<uInt>(text.size());
    z.next_out = reinterpret_cast<Bytef*>(packed.data());
    z.avail_out = static_cast<uInt>(packed.size());
    deflate(&z, Z_FINISH);
    packed.resize(z.total_out);
    deflateEnd(&z);
    t.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " +
           std::to_string(packed.size()) + "\r\n\r\n");
    t.send(packed);
  });
  CHECK(get(server.url("/")) ==
        "res (body: b\"" + std::string(10'000, 'x') + "\", statusCode: 200)");
}

TEST_CASE("http_get follows redirects") {
  http_server server([](http_server::talk& t) {
    const int left = std::stoi(t.path().substr(1));
    if (left == 0)
      t.answer("there");
    else
      redirect(t, "/" + std::to_string(left - 1));
  });
  CHECK(get(server.url("/3")) == R"(res (body: b"there", statusCode: 200))");
  CHECK(get(server.url("/9")) == R"(res (body: b"there", statusCode: 200))");
  CHECK(get(server.url("/10")) == failed("/0", "stopped after 10 redirects"));
}

TEST_CASE("http_get: a redirect to something else is an error at that URL") {
  http_server server([](http_server::talk& t) { redirect(t, "ftp://a.b/c"); });
  CHECK(get(server.url("/")) == failed("ftp://a.b/c", "unsupported protocol scheme \\\"ftp\\\""));
}

TEST_CASE("http_get refuses bad URLs in Go's words") {
  CHECK(get("definitely not a valid URL") ==
        failed("definitely%20not%20a%20valid%20URL", "unsupported protocol scheme \\\"\\\""));
  CHECK(get("localhost:80/x") ==
        failed("localhost:80/x", "unsupported protocol scheme \\\"localhost\\\""));
  CHECK(get("file:///etc/passwd") ==
        failed("file:///etc/passwd", "unsupported protocol scheme \\\"file\\\""));
  CHECK(get("http:///x") == failed("http:///x", "http: no Host in request URL"));
  CHECK(get("http://a:x/") ==
        "err !\"parse \\\"http://a:x/\\\": invalid port \\\":x\\\" after host\"");
  CHECK(run_node("http_get", "url 1") == "failed at in:url: expected a string, got an int 1");
}

TEST_CASE("http_get tells how a connection fails") {
  std::string unused;
  {
    http_server gone([](http_server::talk&) {});
    unused = gone.address();
  }
  CHECK(get("http://" + unused + "/") ==
        failed("http://" + unused + "/", "dial tcp " + unused + ": connect: connection refused"));
  http_server server([](http_server::talk& t) {
    if (t.path() == "/reset")
      t.reset();
    else if (t.path() == "/short")
      t.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
    else if (t.path() == "/noise")
      t.send("what?\r\n\r\n");
    t.close();
  });
  CHECK(get(server.url("/close")) == failed(server.url("/close"), "EOF"));
  CHECK(get(server.url("/reset")) ==
        failed(server.url("/reset"), "read tcp: read: connection reset by peer"));
  CHECK(get(server.url("/short")) == "err !\"unexpected EOF\"");
  CHECK(get(server.url("/noise")) ==
        failed(server.url("/noise"),
               "net/http: HTTP/1.x transport connection broken: malformed HTTP response"));
}

TEST_CASE("http_get goes on after an error, on the same connection") {
  http_server server([](http_server::talk& t) { t.answer("ok"); });
  environment world = environment::for_tests();
  const std::string url = "\"" + server.url("/") + "\"";
  CHECK(run_node("http_get", "url " + url + " \"bad\" " + url, {.world = &world}) ==
        R"(res (body: b"ok", statusCode: 200); )" +
            failed("bad", "unsupported protocol scheme \\\"\\\"") +
            R"(; res (body: b"ok", statusCode: 200))");
  CHECK(run_node("http_get", "url " + url, {.world = &world}) ==
        R"(res (body: b"ok", statusCode: 200))");
  CHECK(server.connections() == 1);
}

TEST_CASE("http_get_stream gives the status and pieces") {
  http_server server([](http_server::talk& t) {
    if (t.path() == "/empty")
      t.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    else
      t.answer("abc");
  });
  CHECK(get_stream(server.url("/")) == R"(status 200; res <b"abc">)");
  CHECK(get_stream(server.url("/empty")) == "status 404; res <>");
  CHECK(run_node("http_get_stream", "url \"" + server.url("/") + "\" \"" + server.url("/empty") +
                                        "\"") == R"(status 200; res <b"abc">; status 404; res <>)");
}

TEST_CASE("http_get_stream: an error in the body comes after the end of the stream") {
  http_server server([](http_server::talk& t) {
    t.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
    t.close();
  });
  CHECK(get_stream(server.url("/")) == R"(status 200; res <b"abc">; err !"unexpected EOF")");
  CHECK(get_stream("bad") == failed("bad", "unsupported protocol scheme \\\"\\\""));
}
