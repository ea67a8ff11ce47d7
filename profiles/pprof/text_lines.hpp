// Reads text line by line and each line word by word, for the formats of this folder that are text.
//
// Views into the text that is read. Thread safety: owner only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"

namespace nevaperf::profiles {

class text_lines {
 public:
  explicit text_lines(std::string_view text) : rest_(text) {}

  // The next line without its end and blanks around; nothing at the end of the text.
  [[nodiscard]] std::optional<std::string_view> next();
  // Of the line that came last, from 1.
  [[nodiscard]] std::size_t number() const { return number_; }
  // What was not read yet.
  [[nodiscard]] std::string_view rest() const { return rest_; }
  // An error at the line that came last.
  [[nodiscard]] base::error error(std::string what, std::string next) const;

 private:
  std::string_view rest_;
  std::size_t number_ = 0;
};

[[nodiscard]] std::string_view trimmed(std::string_view text);

// Takes the word, or the whole number, that `text` begins with (after blanks); none if it is not
// there or, for a number, does not fit.
bool take(std::string_view& text, std::string_view word);
std::optional<std::int64_t> take_number(std::string_view& text);
// "0x1f", or the same without "0x".
std::optional<std::uint64_t> take_hex(std::string_view& text);

// "0x1 0x2 ..." up to the end of the text; none if there is anything else.
std::optional<std::vector<std::uint64_t>> take_addresses(std::string_view text);

}  // namespace nevaperf::profiles
