#include "runtime/system/http_client.hpp"

#include <strings.h>

#include <cerrno>
#include <exception>

#include "runtime/system/curl_library.hpp"
#include "runtime/system/errno_text.hpp"

namespace nevaperf::runtime {

namespace {

// Go allows ten requests in all.
constexpr long most_requests = 10;
// How long a wait may take before the limits are looked at again; curl wakes up earlier for its own
// timers.
constexpr int longest_wait_ms = 1000;

std::string scheme_of(std::string_view url) {
  return std::string(url.substr(0, url.find(':')));
}

// "host:port" of a URL, as Go's dialer names it.
std::string address_of(std::string_view url) {
  const std::string scheme = scheme_of(url);
  if (const std::size_t start = url.find("://"); start != url.npos) url.remove_prefix(start + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  if (const std::size_t at = url.rfind('@'); at != url.npos) url.remove_prefix(at + 1);
  const std::size_t colon = url.rfind(':');
  const bool has_port = colon != url.npos && url.find(']', colon) == url.npos;
  return std::string(url) + (has_port ? "" : scheme == "https" ? ":443" : ":80");
}

}  // namespace

struct http_client::handles {
  const curl_library& curl;
  CURL* easy = nullptr;
  CURLM* multi = nullptr;
  bool is_added = false;
  bool is_done = false;
  bool has_body = false;  // some of it has come
  bool is_too_large = false;
  CURLcode result = CURLE_OK;
  std::string body;  // that has come and was not taken
  std::size_t most_body_bytes = 0;
  std::string location;  // where the last answer redirects to
  char message[CURL_ERROR_SIZE] = {};

  explicit handles(const curl_library& c) : curl(c), easy(c.easy_init()), multi(c.multi_init()) {}
  handles(const handles&) = delete;
  handles& operator=(const handles&) = delete;
  ~handles() {
    remove();
    curl.easy_cleanup(easy);
    curl.multi_cleanup(multi);
  }

  void remove() {
    if (is_added) curl.multi_remove_handle(multi, easy);
    is_added = false;
  }

  template <class Value>
  void set(CURLoption option, Value value) {
    curl.easy_setopt(easy, option, value);
  }
  template <class Value>
  [[nodiscard]] Value info(CURLINFO what, Value otherwise) const {
    Value value = otherwise;
    return curl.easy_getinfo(easy, what, &value) == CURLE_OK ? value : otherwise;
  }
  [[nodiscard]] std::string url() const {
    const char* text = info<const char*>(CURLINFO_EFFECTIVE_URL, nullptr);
    return text == nullptr ? "" : text;
  }
  [[nodiscard]] std::string system_error(int otherwise) const {
    const long number = info<long>(CURLINFO_OS_ERRNO, 0);
    return errno_text(number != 0 ? static_cast<int>(number) : otherwise);
  }

  // Called by curl with one line of a head.
  static std::size_t take_head(char* data, std::size_t, std::size_t count, void* self) noexcept {
    constexpr std::string_view name = "location:";
    std::string_view line(data, count);
    if (line.size() <= name.size() || strncasecmp(line.data(), name.data(), name.size()) != 0)
      return count;
    line.remove_prefix(name.size());
    while (line.starts_with(' ')) line.remove_prefix(1);
    while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
    try {
      static_cast<handles*>(self)->location = line;
    } catch (const std::exception&) {  // out of memory
      return 0;
    }
    return count;
  }

  // Called by curl: less than `count` makes the request fail.
  static std::size_t take_body(char* data, std::size_t, std::size_t count, void* self) noexcept {
    auto& h = *static_cast<handles*>(self);
    h.has_body = true;
    h.is_too_large = h.most_body_bytes - h.body.size() < count;
    if (h.is_too_large) return 0;
    try {
      h.body.append(data, count);
    } catch (const std::exception&) {  // out of memory
      return 0;
    }
    return count;
  }
};

http_client::http_client(std::unique_ptr<handles> h) : handles_(std::move(h)) {}
http_client::~http_client() = default;

base::result<std::unique_ptr<http_client>> http_client::make() {
  const auto curl = curl_library::load();
  if (!curl) return curl.error();
  auto h = std::make_unique<handles>(**curl);
  if (h->easy == nullptr || h->multi == nullptr)
    return base::error{.what = "libcurl: out of memory", .where = {}, .next = {}};
  return std::unique_ptr<http_client>(new http_client(std::move(h)));
}

bool http_client::open(const std::string& url, const http_limits& limits, int cancel) {
  handles& h = *handles_;
  h.remove();
  h.curl.easy_reset(h.easy);  // connections are kept: they belong to `multi`
  h.is_done = h.has_body = h.is_too_large = false;
  h.result = CURLE_OK;
  h.body.clear();
  h.location.clear();
  h.most_body_bytes = limits.body_bytes;
  h.message[0] = '\0';
  limits_ = limits;
  failure_ = {};

  h.set(CURLOPT_URL, url.c_str());
  h.set(CURLOPT_ERRORBUFFER, static_cast<char*>(h.message));
  h.set(CURLOPT_WRITEFUNCTION, &handles::take_body);
  h.set(CURLOPT_WRITEDATA, static_cast<void*>(&h));
  h.set(CURLOPT_HEADERFUNCTION, &handles::take_head);
  h.set(CURLOPT_HEADERDATA, static_cast<void*>(&h));
  h.set(CURLOPT_USERAGENT, "nevaperf");
  h.set(CURLOPT_PROTOCOLS_STR, "http,https");
  h.set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  h.set(CURLOPT_PATH_AS_IS, 1L);
  h.set(CURLOPT_FOLLOWLOCATION, 1L);
  h.set(CURLOPT_MAXREDIRS, most_requests - 1);
  h.set(CURLOPT_ACCEPT_ENCODING, "gzip");
  h.set(CURLOPT_NOSIGNAL, 1L);
  h.set(CURLOPT_QUICK_EXIT, 1L);  // does not wait for a name that is still being looked up
  h.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
  h.set(CURLOPT_LOW_SPEED_LIMIT, 1L);
  h.set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(limits.stalled.count()));
  h.set(CURLOPT_TIMEOUT_MS, static_cast<long>(limits.total.count()));
  const CURLMcode code = h.curl.multi_add_handle(h.multi, h.easy);
  h.is_added = code == CURLM_OK;
  if (!h.is_added) fail_with(h.curl.multi_strerror(code));
  while (h.body.empty() && !h.is_done) advance(cancel);
  return !h.body.empty() || !has_failed();
}

long http_client::status() const {
  return handles_->info<long>(CURLINFO_RESPONSE_CODE, 0);
}

bool http_client::read(std::string& piece, int cancel) {
  handles& h = *handles_;
  while (h.body.empty() && !h.is_done) advance(cancel);
  piece = std::exchange(h.body, {});
  return !piece.empty() || !has_failed();  // what came before the failure is not lost
}

bool http_client::read_rest(std::string& body, int cancel) {
  handles& h = *handles_;
  while (!h.is_done) advance(cancel);
  body = std::exchange(h.body, {});
  return !has_failed();
}

// Does what can be done at once; waits for the network if that was nothing.
void http_client::advance(int cancel) {
  handles& h = *handles_;
  const std::size_t before = h.body.size();
  int running = 0;
  CURLMcode code = h.curl.multi_perform(h.multi, &running);
  if (code != CURLM_OK) {
    fail_with(h.curl.multi_strerror(code));
    return;
  }
  int left = 0;
  while (const CURLMsg* told = h.curl.multi_info_read(h.multi, &left)) {
    if (told->msg != CURLMSG_DONE) continue;
    h.is_done = true;
    h.result = told->data.result;
  }
  if (h.is_done) {
    if (h.result != CURLE_OK) fail_with(cause_of(h.result));
    h.remove();
    return;
  }
  if (h.body.size() != before) return;
  curl_waitfd also{cancel, CURL_WAIT_POLLIN, 0};
  code = h.curl.multi_poll(h.multi, &also, cancel < 0 ? 0 : 1, longest_wait_ms, nullptr);
  if (code != CURLM_OK)
    fail_with(h.curl.multi_strerror(code));
  else if (also.revents != 0)
    fail_with(errno_text(ECANCELED));
}

void http_client::fail_with(std::string cause) {
  handles& h = *handles_;
  const bool in_body =
      h.result == CURLE_PARTIAL_FILE || (h.result == CURLE_RECV_ERROR && h.has_body);
  // Go names the page that it did not ask for any more, as the server wrote it.
  failure_ = {.url = h.result == CURLE_TOO_MANY_REDIRECTS ? h.location : h.url(),
              .cause = std::move(cause),
              .in_body = in_body};
  h.is_done = true;
  h.remove();
}

std::string http_client::cause_of(int code) const {
  const handles& h = *handles_;
  const std::string url = h.url();
  switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
      if (const std::string scheme = scheme_of(url); scheme != "http" && scheme != "https")
        return "unsupported protocol scheme \"" + scheme + "\"";
      return "net/http: HTTP/1.x transport connection broken: malformed HTTP response";
    case CURLE_COULDNT_RESOLVE_HOST: {
      const std::string address = address_of(url);
      return "dial tcp: lookup " + address.substr(0, address.rfind(':')) + ": no such host";
    }
    case CURLE_COULDNT_CONNECT:
      return "dial tcp " + address_of(url) + ": connect: " + h.system_error(ECONNREFUSED);
    case CURLE_OPERATION_TIMEDOUT:
      return timeout_cause();
    case CURLE_GOT_NOTHING:
      return "EOF";
    case CURLE_PARTIAL_FILE:
      return "unexpected EOF";
    case CURLE_RECV_ERROR:
      return "read tcp: read: " + h.system_error(ECONNRESET);
    case CURLE_SEND_ERROR:
      return "write tcp: write: " + h.system_error(EPIPE);
    case CURLE_TOO_MANY_REDIRECTS:
      return "stopped after " + std::to_string(most_requests) + " redirects";
    case CURLE_WRITE_ERROR:
      if (h.is_too_large)
        return "the body is larger than " + std::to_string(limits_.body_bytes) + " bytes";
      break;
    default:
      break;
  }
  std::string cause = h.curl.easy_strerror(h.result);
  if (h.message[0] != '\0') cause.append(": ").append(static_cast<const char*>(h.message));
  return cause;
}

std::string http_client::timeout_cause() const {
  const handles& h = *handles_;
  constexpr auto us = [](auto duration) {
    return std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
  };
  if (h.info<curl_off_t>(CURLINFO_CONNECT_TIME_T, 0) == 0)
    return "dial tcp " + address_of(h.url()) + ": i/o timeout";
  const curl_off_t took_us = h.info<curl_off_t>(CURLINFO_TOTAL_TIME_T, 0);
  if (limits_.total.count() != 0 && took_us >= us(limits_.total))
    return "not done within " + std::to_string(limits_.total.count()) + " ms";
  return "no data for " + std::to_string(limits_.stalled.count()) + " s";
}

base::result<std::unique_ptr<http_client>> http_clients::take() {
  {
    const std::lock_guard hold(lock_);
    if (!free_.empty()) {
      auto client = std::move(free_.back());
      free_.pop_back();
      return client;
    }
  }
  return http_client::make();
}

void http_clients::give_back(std::unique_ptr<http_client> client) {
  const std::lock_guard hold(lock_);
  free_.push_back(std::move(client));
}

}  // namespace nevaperf::runtime
