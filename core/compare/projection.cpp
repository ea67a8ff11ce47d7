#include "core/compare/projection.hpp"

#include <charconv>
#include <cmath>
#include <optional>

#include "core/compare/expression_words.hpp"

namespace nevaperf::compare {

namespace {

constexpr const char* orders = "an order is alpha, num, first or a list (A B C)";

std::optional<base::error> read_order(expression_words& words, projected_key& into) {
  const expression_word order = words.take();
  if (order.is == word_kind::open) {
    into.order = key_order::fixed;
    for (;;) {
      const expression_word value = words.take();
      if (value.is == word_kind::close && !into.values.empty()) return std::nullopt;
      if (value.is == word_kind::comma) continue;
      if (value.is != word_kind::word) {
        return words.problem(order, "this list of values is empty or not closed", orders);
      }
      into.values.push_back(value.text);
    }
  }
  if (order.text == "alpha") {
    into.order = key_order::alphabetic;
  } else if (order.text == "num") {
    into.order = key_order::numeric;
  } else if (order.text != "first") {
    return words.problem(order, "unknown order '" + order.text + "'", orders);
  }
  return std::nullopt;
}

// A number with a metric or binary prefix; anything may follow.
std::optional<double> number_in(std::string_view text) {
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, code] = std::from_chars(text.data(), end, value);
  if (code != std::errc() || std::isnan(value)) return std::nullopt;
  const std::string_view rest(stop, static_cast<std::size_t>(end - stop));
  constexpr std::string_view prefixes = "kMGTPE";
  if (rest.empty()) return value;
  const std::size_t power = prefixes.find(rest[0] == 'K' ? 'k' : rest[0]);
  if (power == std::string_view::npos) return value;
  const double base = rest.size() > 1 && rest[1] == 'i' ? 1024 : 1000;
  return value * std::pow(base, static_cast<double>(power + 1));
}

}  // namespace

base::result<std::vector<projected_key>> parse_keys(std::string_view text) {
  expression_words words(text);
  std::vector<projected_key> out;
  for (;;) {
    const expression_word word = words.take();
    if (word.is == word_kind::end && !out.empty()) return out;
    if (word.is == word_kind::comma && !out.empty()) continue;
    if (word.is != word_kind::word) {
      return words.problem(word, "a key is missing here",
                           "keys are .name, .fullname, .unit, .file, /PART of a name, or "
                           "configuration keys such as pkg and goos");
    }
    projected_key one;
    one.name = word.text;
    if (one.name.starts_with('.') && one.name != ".name" && one.name != ".fullname" &&
        one.name != ".unit" && one.name != ".file") {
      return words.problem(word, "unknown key '" + one.name + "'",
                           "known are .name, .fullname, .unit and .file");
    }
    if (words.peek().is == word_kind::at) {
      words.take();
      if (auto problem = read_order(words, one)) return *problem;
    }
    out.push_back(std::move(one));
  }
}

bool numeric_less(std::string_view one, std::string_view other) {
  const auto a = number_in(one);
  const auto b = number_in(other);
  if (a && b) return *a < *b;
  if (a || b) return a.has_value();
  return one < other;
}

}  // namespace nevaperf::compare
