#include "core/compare/filter.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <optional>

#include "core/compare/expression_words.hpp"

namespace nevaperf::compare {

enum class node_kind { everything, all_of, any_of, none_of, match };

struct filter::node {
  node_kind is = node_kind::everything;
  std::vector<std::shared_ptr<const node>> parts;
  std::string key;                     // of a match; its value is one of:
  std::vector<std::string> words;      // exactly
  std::shared_ptr<const RE2> pattern;  // somewhere in it
  bool any_value = false;
};

namespace {

using node = filter::node;
using node_pointer = std::shared_ptr<const node>;
using due = expression_words::due;

bool is_operator(const expression_word& word, std::string_view name) {
  return word.is == word_kind::word && !word.is_quoted && word.text == name;
}

class filter_parser {
 public:
  explicit filter_parser(std::string_view text) : words_(text) {}

  node_pointer parse() {
    if (words_.peek().is == word_kind::end) fail(words_.peek(), "the filter is empty", examples);
    node_pointer root = any();
    const expression_word rest = words_.peek();
    if (rest.is != word_kind::end) fail(rest, "a ')' without its '('", "");
    return root;
  }

  std::optional<base::error> problem;
  std::vector<std::string> keys;

 private:
  static constexpr const char* examples =
      "a filter is made of KEY:VALUE, KEY:/REGEX/, KEY:(A OR B), AND, OR, NOT and parentheses";

  node_pointer any() { return list(node_kind::any_of); }
  node_pointer all() { return list(node_kind::all_of); }
  node_pointer list(node_kind kind);
  node_pointer match();
  node_pointer term(const expression_word& key);
  void value(node& into, std::vector<node_pointer>& patterns);
  void fail(const expression_word& at, std::string what, std::string next) {
    if (!problem) problem = words_.problem(at, std::move(what), std::move(next));
  }

  expression_words words_;
  std::size_t depth_ = 0;
};

node_pointer filter_parser::list(node_kind kind) {
  auto out = std::make_shared<node>();
  out->is = kind;
  for (;;) {
    out->parts.push_back(kind == node_kind::any_of ? all() : match());
    if (problem) return out;
    const expression_word next = words_.peek();
    const bool ends = next.is == word_kind::end || next.is == word_kind::close;
    const bool is_or = is_operator(next, "OR");
    if (ends || (kind == node_kind::all_of && is_or)) break;
    if (kind == node_kind::any_of || is_operator(next, "AND")) words_.take();
  }
  return out->parts.size() == 1 ? out->parts.front() : out;
}

node_pointer filter_parser::match() {
  constexpr std::size_t depth_limit = 100;
  const expression_word at = words_.take();
  if (depth_ >= depth_limit) {
    fail(at, "nested too deeply", "");
    return nullptr;
  }
  ++depth_;
  node_pointer out;
  if (at.is == word_kind::open) {
    out = any();
    if (!problem && words_.take().is != word_kind::close) {
      fail(at, "this '(' is not closed", "");
    }
  } else if (at.is == word_kind::minus || is_operator(at, "NOT")) {
    auto none = std::make_shared<node>();
    none->is = node_kind::none_of;
    none->parts.push_back(match());
    out = none;
  } else if (at.is == word_kind::star) {
    out = std::make_shared<node>();
  } else {
    out = term(at);
  }
  --depth_;
  return out;
}

node_pointer filter_parser::term(const expression_word& key) {
  if (key.is == word_kind::broken) {
    fail(key, "this quote is not closed", "");
    return nullptr;
  }
  if (key.is != word_kind::word || is_operator(key, "AND") || is_operator(key, "OR")) {
    fail(key, "a KEY:VALUE is missing here", examples);
    return nullptr;
  }
  if (words_.peek().is != word_kind::colon) {
    fail(key, "'" + key.text + "' has no value",
         "write KEY:VALUE, of a name .name:" + key.text + " or .fullname:/" + key.text + "/");
    return nullptr;
  }
  words_.take();
  if (std::find(keys.begin(), keys.end(), key.text) == keys.end()) keys.push_back(key.text);
  node one;
  one.is = node_kind::match;
  one.key = key.text;
  std::vector<node_pointer> patterns;
  const expression_word open = words_.peek(due::value);
  if (open.is != word_kind::open) {
    value(one, patterns);
  } else {
    words_.take();
    for (;;) {
      value(one, patterns);
      const expression_word next = words_.take();
      if (problem || next.is == word_kind::close) break;
      if (!is_operator(next, "OR")) {
        fail(open, "in a list of values stands OR between them, and ')' at its end", "");
        break;
      }
    }
  }
  auto words = std::make_shared<node>(std::move(one));
  if (patterns.empty()) return words;
  auto out = std::make_shared<node>();
  out->is = node_kind::any_of;
  out->parts = std::move(patterns);
  if (!words->words.empty() || words->any_value) out->parts.push_back(words);
  return out;
}

void filter_parser::value(node& into, std::vector<node_pointer>& patterns) {
  const expression_word word = words_.take(due::value);
  if (word.is == word_kind::star) {
    into.any_value = true;
  } else if (word.is == word_kind::word) {
    into.words.push_back(into.key == ".unit" ? base_unit_name(word.text) : word.text);
  } else if (word.is == word_kind::pattern) {
    auto pattern = std::make_shared<const RE2>(word.text, RE2::Quiet);
    if (!pattern->ok()) return fail(word, "bad regular expression: " + pattern->error(), "");
    auto one = std::make_shared<node>();
    one->is = node_kind::match;
    one->key = into.key;
    one->pattern = std::move(pattern);
    patterns.push_back(std::move(one));
  } else if (word.is == word_kind::broken) {
    fail(word, "this value is not closed", "");
  } else {
    fail(word, "'" + into.key + ":' has no value", examples);
  }
}

bool fits_node(const node& one, const subject& of) {
  const auto fits_part = [&](const node_pointer& part) { return fits_node(*part, of); };
  switch (one.is) {
    case node_kind::everything:
      return true;
    case node_kind::all_of:
      return std::all_of(one.parts.begin(), one.parts.end(), fits_part);
    case node_kind::any_of:
      return std::any_of(one.parts.begin(), one.parts.end(), fits_part);
    case node_kind::none_of:
      return std::none_of(one.parts.begin(), one.parts.end(), fits_part);
    case node_kind::match:
      break;
  }
  const std::string value = value_of(of, one.key).value_or("");
  if (one.pattern) return RE2::PartialMatch(value, *one.pattern);
  return (one.any_value && !value.empty()) ||
         std::find(one.words.begin(), one.words.end(), value) != one.words.end();
}

}  // namespace

base::result<filter> filter::parse(std::string_view text) {
  filter_parser parser(text);
  filter out;
  out.root_ = parser.parse();
  if (parser.problem) return *parser.problem;
  out.keys_ = std::move(parser.keys);
  return out;
}

bool filter::fits(const subject& of) const {
  return fits_node(*root_, of);
}

bool is_filter_expression(std::string_view text) {
  if (text.starts_with('-') || text == "*") return true;
  expression_words words(text);
  expression_word last;
  for (;;) {
    const expression_word word = words.take();
    if (word.is == word_kind::end || word.is == word_kind::broken) return false;
    if (is_operator(word, "AND") || is_operator(word, "OR") || is_operator(word, "NOT")) {
      return true;
    }
    // Not the "::" of C++, not "BM_x/threads:2", and not the tags that bench knows.
    if (word.is == word_kind::colon && last.is == word_kind::word && last.text != "tag") {
      return words.peek().is != word_kind::colon && last.text.find('/', 1) == std::string::npos;
    }
    last = word;
  }
}

}  // namespace nevaperf::compare
