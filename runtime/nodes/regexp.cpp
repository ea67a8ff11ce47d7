// Regular expressions, by RE2: the syntax and the leftmost-first matches of Go's package regexp,
// which is its descendant.
//
// What differs from Go: `\C` (one byte) is accepted; bytes of the data that are not UTF-8 match
// nothing, not even `.`; `\B` also matches inside a rune of several bytes; of two mistakes in one
// expression another may be reported, and the part that is named may be longer. No match gives an
// empty list, which prints as `[]` (newer versions of the original print `null`).
#include <re2/re2.h>

#include <memory>
#include <string>
#include <vector>

#include "runtime/message/list.hpp"
#include "runtime/message/text.hpp"
#include "runtime/nodes/families.hpp"

namespace nevaperf::runtime {

namespace {

using started = base::result<node_task>;

constexpr std::int64_t most_memory_bytes = std::int64_t{64} << 20;  // of one compiled expression

// Go's words for what is wrong.
std::string_view words_for(re2::RE2::ErrorCode code) {
  switch (code) {
    case re2::RE2::ErrorBadEscape:
      return "invalid escape sequence";
    case re2::RE2::ErrorBadCharClass:
      return "invalid character class";
    case re2::RE2::ErrorBadCharRange:
      return "invalid character class range";
    case re2::RE2::ErrorMissingBracket:
      return "missing closing ]";
    case re2::RE2::ErrorMissingParen:
      return "missing closing )";
    case re2::RE2::ErrorUnexpectedParen:
      return "unexpected )";
    case re2::RE2::ErrorTrailingBackslash:
      return "trailing backslash at end of expression";
    case re2::RE2::ErrorRepeatArgument:
      return "missing argument to repetition operator";
    case re2::RE2::ErrorRepeatSize:
      return "invalid repeat count";
    case re2::RE2::ErrorRepeatOp:
      return "invalid nested repetition operator";
    case re2::RE2::ErrorBadPerlOp:
      return "invalid or unsupported Perl syntax";
    case re2::RE2::ErrorBadUTF8:
      return "invalid UTF-8";
    case re2::RE2::ErrorBadNamedCapture:
      return "invalid named capture";
    case re2::RE2::ErrorPatternTooLarge:
      return "expression too large";
    default:
      return "internal error";
  }
}

// An expression that is compiled once and kept for as long as the same text comes.
class expression {
 public:
  // False if it is no regular expression; `problem` then says why.
  bool compile(std::string_view text) {
    if (compiled_ && compiled_->pattern() == text) return compiled_->ok();
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(most_memory_bytes);
    compiled_ = std::make_unique<re2::RE2>(re2::StringPiece(text.data(), text.size()), options);
    groups_.resize(static_cast<std::size_t>(compiled_->NumberOfCapturingGroups() + 1));
    return compiled_->ok();
  }

  [[nodiscard]] std::string problem() const {
    return "error parsing regexp: " + std::string(words_for(compiled_->error_code())) + ": `" +
           compiled_->error_arg() + "`";
  }

  // The whole match and its groups; a group that took no part is empty.
  message submatches(std::string_view data) {
    list_builder list(groups_.size());
    if (compiled_->Match({data.data(), data.size()}, 0, data.size(), re2::RE2::UNANCHORED,
                         groups_.data(), static_cast<int>(groups_.size())))
      for (const re2::StringPiece& group : groups_)
        list.append(message::string({group.data(), group.size()}));
    return std::move(list).build();
  }

 private:
  std::unique_ptr<re2::RE2> compiled_;
  std::vector<re2::StringPiece> groups_;
};

node_task submatch(input regexp, input data, output res, output err) {
  expression compiled;
  std::string text;
  for (;;) {
    auto [pattern, value] = co_await receive_both(regexp, data);
    const bool is_good = compiled.compile(regexp.string(pattern));
    if (!is_good) {
      co_await err.send(
          message::string(compiled.problem()));  // a string, no error value: so does the original
      continue;
    }
    text.clear();
    append_text(text, value);
    co_await res.send(compiled.submatches(text));
  }
}

constexpr function table[] = {
    {.ref = "regexp_submatch",
     .ins = "regexp data",
     .outs = "res err",
     .start = [](const binding& b) -> started {
       return submatch(b.in("regexp"), b.in("data"), b.out("res"), b.out("err"));
     },
     .summary = "The first match in the text of `data` and its groups as a list of strings, empty "
                "groups for those that took no part; an empty list if there is no match. The "
                "syntax is RE2's.",
     .errors = "a string: ``error parsing regexp: <what>: `<where>` ``"},
};

}  // namespace

std::span<const function> regexp_functions() {
  return table;
}

}  // namespace nevaperf::runtime
