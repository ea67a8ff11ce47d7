// One word from a line of input, as Go's fmt.Scanln reads it into a string.
//
// Blanks before the word are skipped; after it only blanks may follow up to the end of the line.
// What is consumed is the line, or up to and with the first character that should not be there: the
// rest of the line is left for the next scan. Bytes that are not UTF-8 become U+FFFD.
//
// Thread safety: owner only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nevaperf::runtime {

class word_scanner {
 public:
  // Looks at more input; returns how much of it was consumed. What is left, at most an incomplete
  // character unless the scan is done, is to be given again with what follows. `at_end`: nothing
  // will follow.
  std::size_t scan(std::string_view input, bool at_end);

  [[nodiscard]] bool is_done() const { return done_; }
  [[nodiscard]] const std::string& word() const { return word_; }
  // Empty: there is a word. Else Go's text of the error.
  [[nodiscard]] std::string_view error() const { return error_; }

 private:
  enum class place { before_word, in_word, after_word };

  void take(char32_t character);
  void finish(std::string_view error);

  place at_ = place::before_word;
  bool done_ = false;
  std::string word_;
  std::string_view error_;
};

}  // namespace nevaperf::runtime
