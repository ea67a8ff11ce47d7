#include "core/compare/expression_words.hpp"

namespace nevaperf::compare {

namespace {

constexpr std::string_view ends_word = " \t():@,\"";

// Up to the closing mark; a backslash keeps the next character. False if there is no closing mark.
bool read_enclosed(std::string_view text, std::size_t& at, char mark, bool keep_escapes,
                   std::string& into) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == mark) {
      ++at;
      return true;
    }
    if (text[at] == '\\' && at + 1 < text.size()) {
      if (keep_escapes && text[at + 1] != mark) into += text[at];
      ++at;
    }
    into += text[at];
  }
  return false;
}

}  // namespace

expression_word expression_words::peek(due what) const {
  expression_words copy = *this;
  return copy.take(what);
}

expression_word expression_words::take(due what) {
  while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  expression_word out;
  out.place = at_;
  if (at_ == text_.size()) return out;
  constexpr std::string_view marks = "():@,-*";
  constexpr word_kind kinds[] = {word_kind::open, word_kind::close, word_kind::colon,
                                 word_kind::at,   word_kind::comma, word_kind::minus,
                                 word_kind::star};
  const char first = text_[at_];
  if (const std::size_t mark = marks.find(first); mark != std::string_view::npos) {
    out.is = kinds[mark];
    ++at_;
    return out;
  }
  if (first == '"' || (first == '/' && what == due::value)) {
    const bool whole = read_enclosed(text_, at_, first, first == '/', out.text);
    out.is = !whole ? word_kind::broken : first == '/' ? word_kind::pattern : word_kind::word;
    out.is_quoted = true;
    return out;
  }
  const std::size_t end = std::min(text_.find_first_of(ends_word, at_), text_.size());
  out.is = word_kind::word;
  out.text = text_.substr(at_, end - at_);
  at_ = end;
  return out;
}

base::error expression_words::problem(const expression_word& at, std::string what,
                                      std::string next) const {
  return {.what = std::move(what),
          .where = "'" + std::string(text_) + "', column " + std::to_string(at.place + 1),
          .next = std::move(next)};
}

}  // namespace nevaperf::compare
