// Strict reading of JSON: a walk through a parsed document that remembers where it is.
//
// Every reader of a JSON format uses it. The first thing that is not as expected becomes an error
// with its place as a JSON pointer ("/scenarios/3/metrics/sec~1op/median"); from then on every read
// yields an empty value, so that a reader needs to look for an error only at its end. Thread
// safety: owner only. Invariant: a cursor must not outlive the cursor it came from.
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.hpp"

namespace nevaperf::formats {

// Text -> document. Refused: empty, binary, cut off, nested too deeply, too large, not JSON.
[[nodiscard]] base::result<nlohmann::json> parse_json(std::string_view text);

class json_cursor {
 public:
  // `problem` takes the first error.
  json_cursor(const nlohmann::json& root, std::optional<base::error>& problem);

  [[nodiscard]] json_cursor member(const char* key) const;  // missing: an error
  // Nothing if the member is missing; null counts as missing.
  [[nodiscard]] std::optional<json_cursor> maybe(const char* key) const;
  [[nodiscard]] json_cursor element(std::size_t index) const;
  void each(const std::function<void(const json_cursor&)>& visit) const;  // of an array
  void each_member(const std::function<void(const std::string&, const json_cursor&)>& visit) const;

  [[nodiscard]] std::string text() const;
  [[nodiscard]] double number() const;  // finite
  [[nodiscard]] std::uint64_t count(std::uint64_t limit) const;
  [[nodiscard]] bool truth() const;
  // Whether there is a number other than `value`; never an error.
  [[nodiscard]] bool is_number_but(double value) const;

  void expect_size(std::size_t size) const;  // of an array
  void fail(const std::string& what) const;  // at this place, unless there is an error already
  [[nodiscard]] bool failed() const { return problem_->has_value(); }
  [[nodiscard]] std::string place() const;

 private:
  json_cursor(const nlohmann::json* value, const json_cursor* parent, std::string_view key);
  void expected(const char* kind) const;

  const nlohmann::json* value_;  // nullptr after an error
  const json_cursor* parent_ = nullptr;
  std::string key_;
  std::optional<base::error>* problem_;
};

}  // namespace nevaperf::formats
