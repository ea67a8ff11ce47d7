#include "runtime/nodes/dotenv_text.hpp"

#include <algorithm>
#include <utility>

#include "runtime/nodes/go_space.hpp"

namespace nevaperf::runtime {

namespace {

using text_result = base::result<std::string>;

base::error wrong(const char* what) {
  return {.what = what, .where = {}, .next = {}};
}

// The value without its comment.
std::string_view without_comment(std::string_view value) {
  char quote = 0;
  bool is_escaped = false;
  bool after_space = true;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (c == '#' && quote == 0 && after_space) return value.substr(0, i);
    if ((c == '"' || c == '\'') && !is_escaped && (quote == 0 || quote == c))
      quote = quote == 0 ? c : 0;
    is_escaped = c == '\\' && !is_escaped;
    after_space = is_go_space(static_cast<unsigned char>(c)) && static_cast<signed char>(c) >= 0;
  }
  return value;
}

char unescaped(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'v':
      return '\v';
    default:
      return c;
  }
}

text_result double_quoted(std::string_view inner) {
  std::string value;
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (inner[i] != '\\')
      value += inner[i];
    else if (++i == inner.size())
      return wrong("unterminated escape sequence");
    else
      value += unescaped(inner[i]);
  }
  return value;
}

std::string single_quoted(std::string_view inner) {
  std::string value;
  for (std::size_t i = 0; i < inner.size(); ++i)
    if (!inner.substr(i).starts_with("\\'")) value += inner[i];
  return value;
}

text_result parse_value(std::string_view text) {
  const std::string_view value = trim_go_space(without_comment(text));
  if (value.empty() || (value[0] != '"' && value[0] != '\'')) return std::string(value);
  const bool is_double = value[0] == '"';
  if (value.size() == 1 || value.back() != value[0])
    return wrong(is_double ? "unterminated double-quoted value"
                           : "unterminated single-quoted value");
  const std::string_view inner = value.substr(1, value.size() - 2);
  return is_double ? double_quoted(inner) : text_result(single_quoted(inner));
}

base::result<std::pair<std::string, std::string>> parse_entry(std::string_view line) {
  const std::size_t equals = line.find('=');
  if (equals == line.npos) return wrong("missing '='");
  const std::string_view key = trim_go_space(line.substr(0, equals));
  if (key.empty()) return wrong("missing key");
  text_result value = parse_value(line.substr(equals + 1));
  if (!value) return value.error();
  return std::pair(std::string(key), std::move(*value));
}

}  // namespace

base::result<std::map<std::string, std::string>> parse_dotenv(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  constexpr std::string_view export_word = "export ";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  std::map<std::string, std::string> entries;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = trim_go_space(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line[0] == '#') continue;
    if (line.starts_with(export_word)) line = trim_go_space(line.substr(export_word.size()));
    auto entry = parse_entry(line);
    if (!entry)
      return base::error{.what = "line " + std::to_string(number) + ": " + entry.error().what,
                         .where = {},
                         .next = {}};
    entries.insert_or_assign(std::move(entry->first), std::move(entry->second));
  }
  return entries;
}

}  // namespace nevaperf::runtime
