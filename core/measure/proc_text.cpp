#include "core/measure/proc_text.hpp"

#include <algorithm>

namespace nevaperf::measure {

namespace {

constexpr std::uint64_t small_file_bytes = 1 << 20;
constexpr int most_cpus = 1 << 16;

std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
  return whole && value >= 0 && value < most_cpus ? std::optional(value) : std::nullopt;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '"' || c == '\0';
  };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<std::string> small_file(const base::file_system& files, const std::string& path) {
  const auto text = files.read(path, small_file_bytes);
  if (!text || trimmed(*text).empty()) return std::nullopt;
  return std::string(trimmed(*text));
}

std::optional<std::string> entry_of(const std::optional<std::string>& text, std::string_view key,
                                    char separator) {
  if (!text) return std::nullopt;
  for (const std::string_view line : split(*text, '\n')) {
    const std::size_t middle = line.find(separator);
    if (middle == std::string_view::npos || trimmed(line.substr(0, middle)) != key) continue;
    const std::string_view value = trimmed(line.substr(middle + 1));
    return value.empty() ? std::nullopt : std::optional(std::string(value));
  }
  return std::nullopt;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::optional<std::vector<int>> cpu_list(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  std::vector<int> cpus;
  for (const std::string_view part : split(*text, ',')) {
    const std::size_t dash = part.find('-');
    const auto first = whole_number(part.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : whole_number(part.substr(dash + 1));
    if (!first || !last || *last < *first) return std::nullopt;
    for (int cpu = *first; cpu <= *last; ++cpu) cpus.push_back(cpu);
  }
  return cpus;
}

}  // namespace nevaperf::measure
