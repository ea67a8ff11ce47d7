#include "core/formats/json_outline.hpp"

#include <nlohmann/json.hpp>

#include "core/formats/json_cursor.hpp"

namespace nevaperf::formats {

namespace {

// The string that starts at text[at], a quote; leaves `at` behind its end. Escapes stay as written.
std::string_view string_at(std::string_view text, std::size_t& at) {
  const std::size_t start = ++at;
  while (at < text.size() && text[at] != '"')
    at += text[at] == '\\' ? std::size_t{2} : std::size_t{1};
  const std::size_t end = std::min(at, text.size());
  ++at;
  return text.substr(start, end - start);
}

}  // namespace

json_outline outline_of(std::string_view text) {
  json_outline out;
  std::size_t depth = 0;
  std::string_view last;  // the string read last at depth 1, until a ':' makes it a key
  std::string_view key;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"') {
      const std::string_view found = string_at(text, at);
      if (depth == 1) last = found;
      if (depth == 1 && key == "schema") out.schema = found;
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && depth > 0) --depth;
    if (depth == 1 && c == ':') {
      key = last;
      out.keys.emplace(key);
    }
    if (depth == 1 && c == ',') key = {};
    ++at;
  }
  return out;
}

base::result<void> check_json(std::string_view text) {
  if (auto parsed = parse_json(text); !parsed) return parsed.error();
  return {};
}

}  // namespace nevaperf::formats
