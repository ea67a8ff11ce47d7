// The words of a filter or a projection: what is common to the two languages.
//
//   word = bare | "quoted"      bare: no space and none of ( ) : @ , " within, no - or * in front
//
// Thread safety: owner only.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.hpp"

namespace nevaperf::compare {

enum class word_kind { end, open, close, colon, at, comma, minus, star, pattern, word, broken };

struct expression_word {
  word_kind is = word_kind::end;
  std::string text;        // of a word or a pattern, without its quotes
  bool is_quoted = false;  // then it is no operator
  std::size_t place = 0;   // of its first byte
};

class expression_words {
 public:
  explicit expression_words(std::string_view text) : text_(text) {}

  // Where a value is due, "/.../" is a regular expression; elsewhere '/' starts a key.
  enum class due { key, value };
  [[nodiscard]] expression_word peek(due what = due::key) const;
  expression_word take(due what = due::key);

  [[nodiscard]] base::error problem(const expression_word& at, std::string what,
                                    std::string next) const;

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace nevaperf::compare
