#include "runtime/nodes/go_url.hpp"

#include "tests/support/catch.hpp"

using nevaperf::runtime::parse_go_url;

namespace {

std::string text_of(std::string_view raw) {
  const auto url = parse_go_url(raw);
  return url ? url->text : url.error().what;
}

std::string request_of(std::string_view raw) {
  const auto url = parse_go_url(raw);
  return url ? url->request : url.error().what;
}

}  // namespace

// All recorded with Go's net/url.
TEST_CASE("URLs are normalised as Go does it") {
  CHECK(text_of("definitely not a valid URL") == "definitely%20not%20a%20valid%20URL");
  CHECK(text_of("HTTP://Example.com") == "http://Example.com");
  CHECK(text_of("http://a.b/x y?q r#f g") == "http://a.b/x%20y?q r#f%20g");
  CHECK(text_of("http://a/%7e%2F\"") == "http://a/~/%22");
  CHECK(text_of("http://a/%7e%2F") == "http://a/%7e%2F");
  CHECK(text_of("http://a/é") == "http://a/%C3%A9");
  CHECK(text_of("http://[::1]:80/") == "http://[::1]:80/");
  CHECK(text_of("http://a:/") == "http://a/");
  CHECK(text_of("") == "");
  CHECK(text_of("mailto:x y") == "mailto:x y");
  CHECK(text_of("http://") == "http:");
}

TEST_CASE("a password is hidden, but sent") {
  CHECK(text_of("http://user:p%40ss@a/") == "http://user:***@a/");
  CHECK(request_of("http://user:p%40ss@a/") == "http://user:p%40ss@a/");
}

TEST_CASE("a request has no fragment and no blank") {
  CHECK(request_of("http://a/x y?q r#frag") == "http://a/x%20y?q%20r");
}

TEST_CASE("bad URLs are refused in Go's words") {
  CHECK(text_of(":") == "parse \":\": missing protocol scheme");
  CHECK(text_of("a b:c") == "parse \"a b:c\": first path segment in URL cannot contain colon");
  CHECK(text_of("http://a\x7f/") ==
        "parse \"http://a\\x7f/\": net/url: invalid control character in URL");
  CHECK(text_of("http://a:8x/") == "parse \"http://a:8x/\": invalid port \":8x\" after host");
  CHECK(text_of("http://[::1/") == "parse \"http://[::1/\": missing ']' in host");
  CHECK(text_of("http://a b/") == "parse \"http://a b/\": invalid character \" \" in host name");
  CHECK(text_of("http://a/%zz") == "parse \"http://a/%zz\": invalid URL escape \"%zz\"");
  CHECK(text_of("http://a/#%") == "parse \"http://a/#%\": invalid URL escape \"%\"");
  CHECK(text_of("http://us er@a/") == "parse \"http://us er@a/\": net/url: invalid userinfo");
}
