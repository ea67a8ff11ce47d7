// Reads the small text files of /proc and /sys.
//
// Thread safety: pure functions over a file system. What is missing, empty or broken is absent.
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/file.hpp"

namespace nevaperf::measure {

// Without blanks, line breaks and quotes at its ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

// The file, trimmed; nothing if it is not there or empty.
[[nodiscard]] std::optional<std::string> small_file(const base::file_system& files,
                                                    const std::string& path);

// What stands after the first line's `key` and `separator`: "model name  : Example CPU".
[[nodiscard]] std::optional<std::string> entry_of(const std::optional<std::string>& text,
                                                  std::string_view key, char separator = ':');

[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

// "0-2,5" -> 0 1 2 5; nothing if the text is no such list.
[[nodiscard]] std::optional<std::vector<int>> cpu_list(const std::optional<std::string>& text);

template <class Number>
std::optional<Number> number_at_start(const std::optional<std::string>& text) {
  Number value{};
  if (!text) return std::nullopt;
  const auto parsed = std::from_chars(text->data(), text->data() + text->size(), value);
  return parsed.ec == std::errc() ? std::optional(value) : std::nullopt;
}

}  // namespace nevaperf::measure
