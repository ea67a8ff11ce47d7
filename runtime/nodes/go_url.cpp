#include "runtime/nodes/go_url.hpp"

#include <algorithm>
#include <optional>

#include "runtime/message/text.hpp"

namespace nevaperf::runtime {

namespace {

enum class part { path, host, user, fragment };

using text_result = base::result<std::string>;

base::error wrong(std::string what) {
  return {.what = std::move(what), .where = {}, .next = {}};
}

std::string quoted(std::string_view text) {
  std::string out;
  append_go_quoted(out, text);
  return out;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_one_of(char c, std::string_view set) {
  return set.find(c) != set.npos;
}

// True if `c` stands for itself in that part.
bool is_plain(char c, part where) {
  if (is_letter(c) || is_digit(c) || is_one_of(c, "-_.~")) return true;
  switch (where) {
    case part::path:
      return is_one_of(c, "$&+,/:;=@");
    case part::host:
      return is_one_of(c, "!$&'()*+,;=:[]<>\"");
    case part::user:
      return is_one_of(c, "$&+,;=");
    case part::fragment:
      return is_one_of(c, "$&+,/:;=?@!()*");
  }
  return false;
}

std::optional<unsigned> hex_digit(char c) {
  if (is_digit(c)) return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
  return std::nullopt;
}

std::string escape(std::string_view text, part where) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_plain(c, where)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

text_result unescape(std::string_view text, part where) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c != '%') {
      if (where == part::host && static_cast<signed char>(c) >= 0 && !is_plain(c, where))
        return wrong("invalid character " + quoted(text.substr(i, 1)) + " in host name");
      out += c;
      continue;
    }
    const std::string_view code = text.substr(i, 3);
    const auto high = code.size() > 1 ? hex_digit(code[1]) : std::nullopt;
    const auto low = code.size() > 2 ? hex_digit(code[2]) : std::nullopt;
    // In a host only bytes that are no ASCII may be escaped, and the percent sign itself.
    if (!high || !low || (where == part::host && *high < 8 && code != "%25"))
      return wrong("invalid URL escape " + quoted(code));
    out += static_cast<char>(*high << 4 | *low);
    i += 2;
  }
  return out;
}

// As it was written if that is a possible form, else in the usual form.
text_result normal(std::string_view raw, part where) {
  auto plain = unescape(raw, where);
  if (!plain) return plain;
  const bool is_possible = std::all_of(raw.begin(), raw.end(), [&](char c) {
    return is_one_of(c, "!$&'()*+,;=:@[]%") || is_plain(c, where);
  });
  return is_possible ? std::string(raw) : escape(*plain, where);
}

struct split {
  std::string_view before;
  std::string_view after;
  bool found = false;
};

split cut(std::string_view text, char at) {
  const std::size_t place = text.find(at);
  if (place == text.npos) return {text, {}, false};
  return {text.substr(0, place), text.substr(place + 1), true};
}

// "http:..." gives the scheme and removes it; a text that begins with something else has none.
base::result<std::string> take_scheme(std::string_view& rest) {
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const char c = rest[i];
    if (is_letter(c) || (i > 0 && (is_digit(c) || is_one_of(c, "+-.")))) continue;
    if (c != ':') break;
    if (i == 0) return wrong("missing protocol scheme");
    std::string scheme(rest.substr(0, i));
    for (char& letter : scheme)
      if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    rest.remove_prefix(i + 1);
    return scheme;
  }
  return std::string();
}

bool is_port(std::string_view text) {  // ":80", ":" or nothing
  return text.empty() || (text[0] == ':' && std::all_of(text.begin() + 1, text.end(), is_digit));
}

text_result parse_host(std::string_view text) {
  std::string_view port;
  if (text.starts_with('[')) {
    const std::size_t end = text.rfind(']');
    if (end == text.npos) return wrong("missing ']' in host");
    port = text.substr(end + 1);
  } else if (const std::size_t colon = text.rfind(':'); colon != text.npos) {
    port = text.substr(colon);
  }
  if (!is_port(port)) return wrong("invalid port " + quoted(port) + " after host");
  auto host = unescape(text, part::host);
  if (host && host->ends_with(':')) host->pop_back();
  return host;
}

struct authority {
  std::string host;
  std::string user;    // escaped, with the '@'
  std::string hidden;  // the same without the password
};

base::result<authority> parse_authority(std::string_view text) {
  authority a;
  const std::size_t at = text.rfind('@');
  auto host = parse_host(at == text.npos ? text : text.substr(at + 1));
  if (!host) return host.error();
  a.host = std::move(*host);
  if (at == text.npos) return a;

  const std::string_view info = text.substr(0, at);
  const bool is_valid = std::all_of(info.begin(), info.end(), [](char c) {
    return is_letter(c) || is_digit(c) || is_one_of(c, "-._:~!$&'()*+,;=%@");
  });
  if (!is_valid) return wrong("net/url: invalid userinfo");
  const split parts = cut(info, ':');
  const auto name = unescape(parts.before, part::user);
  if (!name) return name.error();
  const auto password = unescape(parts.after, part::user);
  if (!password) return password.error();
  a.user = escape(*name, part::user);
  a.hidden = parts.found ? *name + ":***@" : a.user + "@";
  a.user += (parts.found ? ":" + escape(*password, part::user) : "") + "@";
  return a;
}

std::string without_blanks(std::string_view query) {
  std::string out;
  for (const char c : query) c == ' ' ? out += "%20" : out += c;
  return out;
}

base::result<go_url> parse(std::string_view raw) {
  const bool has_control = std::any_of(raw.begin(), raw.end(), [](char c) {
    return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
  });
  if (has_control) return wrong("net/url: invalid control character in URL");
  go_url url;
  std::string_view rest = raw;
  auto scheme = take_scheme(rest);
  if (!scheme) return scheme.error();
  url.scheme = std::move(*scheme);
  const split parts = cut(rest, '?');
  rest = parts.before;

  authority a;
  std::string path;
  bool has_authority = false;
  const bool is_opaque = !url.scheme.empty() && !rest.starts_with('/');
  if (is_opaque) {
    path = rest;
  } else {
    if (!rest.starts_with('/') && rest.substr(0, rest.find('/')).find(':') != rest.npos)
      return wrong("first path segment in URL cannot contain colon");
    if (rest.starts_with("//") && (!url.scheme.empty() || !rest.starts_with("///"))) {
      has_authority = true;
      rest.remove_prefix(2);
      const std::size_t end = std::min(rest.find('/'), rest.size());
      auto found = parse_authority(rest.substr(0, end));
      if (!found) return found.error();
      a = std::move(*found);
      rest.remove_prefix(end);
    }
    auto normal_path = normal(rest, part::path);
    if (!normal_path) return normal_path.error();
    path = std::move(*normal_path);
  }
  url.host = a.host;

  const bool has_slashes =
      has_authority && !(a.host + a.user + path).empty() && !(url.scheme + a.host + a.user).empty();
  const std::string head = (url.scheme.empty() ? "" : url.scheme + ":") + (has_slashes ? "//" : "");
  const std::string host = escape(a.host, part::host);
  const std::string mark = parts.found ? "?" : "";
  url.text = head + a.hidden + host + path + mark + std::string(parts.after);
  url.request = head + a.user + host + path + mark + without_blanks(parts.after);
  return url;
}

}  // namespace

base::result<go_url> parse_go_url(std::string_view raw) {
  const split parts = cut(raw, '#');
  auto url = parse(parts.before);
  if (!url) return wrong("parse " + quoted(parts.before) + ": " + url.error().what);
  const auto fragment = normal(parts.after, part::fragment);
  if (!fragment) return wrong("parse " + quoted(raw) + ": " + fragment.error().what);
  if (!fragment->empty()) url->text += "#" + *fragment;
  return url;
}

}  // namespace nevaperf::runtime
