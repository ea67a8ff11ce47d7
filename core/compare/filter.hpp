// Which benchmarks and units a user means, in benchstat's language:
//
//   expr  = all { "OR" all }             all   = match { ["AND"] match }
//   match = "(" expr ")" | "-" match | "NOT" match | "*" | key ":" value
//   value = one | "(" one { "OR" one } ")"
//   one   = word | "*" (there is any) | "/" regular expression "/" (found anywhere; RE2)
//
// Thread safety: a parsed filter may be used by several threads.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/compare/benchmark_keys.hpp"

namespace nevaperf::compare {

class filter {
 public:
  // The error says what is wrong, and at which column.
  [[nodiscard]] static base::result<filter> parse(std::string_view text);

  // A key that the benchmark does not have is taken for empty.
  [[nodiscard]] bool fits(const subject& of) const;
  [[nodiscard]] const std::vector<std::string>& keys() const { return keys_; }

  struct node;

 private:
  std::shared_ptr<const node> root_;
  std::vector<std::string> keys_;  // that it asks for, each once
};

// Whether a text is meant in this language, and not as a part of a name: it has a "key:", a sign of
// negation or an operator.
[[nodiscard]] bool is_filter_expression(std::string_view text);

}  // namespace nevaperf::compare
