#include "profiles/pprof/text_lines.hpp"

#include <charconv>

namespace nevaperf::profiles {

namespace {

constexpr std::string_view blanks = " \t\r";

template <class T>
std::optional<T> take_in_base(std::string_view& text, int base) {
  T value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (code != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

void skip_blanks(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  skip_blanks(text);
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

std::optional<std::string_view> text_lines::next() {
  if (rest_.empty()) return std::nullopt;
  const std::size_t end = rest_.find('\n');
  const std::string_view found = rest_.substr(0, end);
  rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
  ++number_;
  return trimmed(found);
}

base::error text_lines::error(std::string what, std::string next) const {
  return {
      .what = std::move(what), .where = "line " + std::to_string(number_), .next = std::move(next)};
}

bool take(std::string_view& text, std::string_view word) {
  std::string_view rest = text;
  skip_blanks(rest);
  if (!rest.starts_with(word)) return false;
  text = rest.substr(word.size());
  return true;
}

std::optional<std::int64_t> take_number(std::string_view& text) {
  skip_blanks(text);
  return take_in_base<std::int64_t>(text, 10);
}

std::optional<std::uint64_t> take_hex(std::string_view& text) {
  skip_blanks(text);
  if (text.starts_with("0x")) text.remove_prefix(2);
  return take_in_base<std::uint64_t>(text, 16);
}

std::optional<std::vector<std::uint64_t>> take_addresses(std::string_view text) {
  std::vector<std::uint64_t> all;
  for (skip_blanks(text); !text.empty(); skip_blanks(text)) {
    const auto address = take_hex(text);
    if (!address) return std::nullopt;
    all.push_back(*address);
  }
  return all;
}

}  // namespace nevaperf::profiles
