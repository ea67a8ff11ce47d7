#include "core/formats/json_cursor.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace nevaperf::formats {

namespace {

using nlohmann::json;

// Our own formats nest less than ten levels; a bound keeps a hostile file from using up memory by
// nesting alone.
constexpr std::size_t depth_limit = 64;
constexpr std::size_t size_limit_bytes = std::size_t{256} << 20;

base::error refused(std::string what, std::string next) {
  return {.what = std::move(what), .where = "", .next = std::move(next)};
}

bool too_deep(std::string_view text) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > depth_limit) return true;
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return false;
}

bool looks_binary(std::string_view text) {
  const std::string_view start = text.substr(0, 4096);
  return std::any_of(start.begin(), start.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
  });
}

std::string line_and_column(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t last_break = before.rfind('\n');
  const std::size_t column =
      last_break == std::string_view::npos ? before.size() : before.size() - last_break - 1;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

// "[json.exception.parse_error.101] parse error at line 1, column 2: the part that matters"
std::string without_prefix(std::string_view message) {
  for (const std::string_view start : {"] ", "parse error at line ", ": "}) {
    const std::size_t at = message.find(start);
    if (at != std::string_view::npos) message.remove_prefix(at + start.size());
  }
  constexpr std::size_t shown_bytes = 120;
  return std::string(message.substr(0, shown_bytes));
}

// A JSON pointer escapes the two characters that it uses itself.
void append_escaped(std::string& out, std::string_view key) {
  for (const char c : key) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
}

const json& empty_value() {
  static const json nothing;
  return nothing;
}

}  // namespace

base::result<json> parse_json(std::string_view text) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return refused("the file is empty", "was its writer interrupted?");
  }
  if (looks_binary(text))
    return refused("this is binary data, not JSON", "is this the right file?");
  if (text.size() > size_limit_bytes) {
    return refused("the document is larger than 256 MiB", "split it into several runs");
  }
  if (too_deep(text)) return refused("nested deeper than 64 levels", "is this the right file?");
  try {
    return json::parse(text);
  } catch (const json::parse_error& problem) {
    if (problem.byte > text.size()) {
      return refused("the file ends in the middle of its JSON",
                     "it was cut off; write or copy it again");
    }
    return base::error{.what = "not valid JSON: " + without_prefix(problem.what()),
                       .where = line_and_column(text, problem.byte),
                       .next = ""};
  } catch (const json::exception& problem) {
    return refused("not valid JSON: " + without_prefix(problem.what()), "");
  }
}

json_cursor::json_cursor(const json& root, std::optional<base::error>& problem)
    : value_(&root), problem_(&problem) {}

json_cursor::json_cursor(const json* value, const json_cursor* parent, std::string_view key)
    : value_(value), parent_(parent), key_(key), problem_(parent->problem_) {}

std::optional<json_cursor> json_cursor::maybe(const char* key) const {
  if (failed()) return std::nullopt;
  if (!value_->is_object()) {
    expected("an object");
    return std::nullopt;
  }
  const auto found = value_->find(key);
  if (found == value_->end() || found->is_null()) return std::nullopt;
  return json_cursor(&*found, this, key);
}

json_cursor json_cursor::member(const char* key) const {
  if (auto found = maybe(key)) return *std::move(found);
  json_cursor missing(&empty_value(), this, key);
  missing.fail("missing");
  return missing;
}

json_cursor json_cursor::element(std::size_t index) const {
  const bool there = !failed() && value_->is_array() && index < value_->size();
  json_cursor at(there ? &(*value_)[index] : &empty_value(), this, std::to_string(index));
  if (!there) at.fail("missing");
  return at;
}

void json_cursor::each(const std::function<void(const json_cursor&)>& visit) const {
  if (failed()) return;
  if (!value_->is_array()) return expected("an array");
  for (std::size_t i = 0; i < value_->size() && !failed(); ++i) {
    visit(json_cursor(&(*value_)[i], this, std::to_string(i)));
  }
}

void json_cursor::each_member(
    const std::function<void(const std::string&, const json_cursor&)>& visit) const {
  if (failed()) return;
  if (!value_->is_object()) return expected("an object");
  for (auto at = value_->begin(); at != value_->end() && !failed(); ++at) {
    visit(at.key(), json_cursor(&*at, this, at.key()));
  }
}

std::string json_cursor::text() const {
  if (failed()) return {};
  if (value_->is_string()) return value_->get<std::string>();
  expected("a string");
  return {};
}

double json_cursor::number() const {
  if (failed()) return 0;
  // JSON has no nan or inf, and the parser refuses what overflows.
  if (value_->is_number()) return value_->get<double>();
  expected("a finite number");
  return 0;
}

std::uint64_t json_cursor::count(std::uint64_t limit) const {
  if (failed()) return 0;
  if (value_->is_number_unsigned()) {
    const auto value = value_->get<std::uint64_t>();
    if (value <= limit) return value;
  }
  const std::string kind = "a whole number from 0 to " + std::to_string(limit);
  expected(kind.c_str());
  return 0;
}

bool json_cursor::truth() const {
  if (failed()) return false;
  if (value_->is_boolean()) return value_->get<bool>();
  expected("true or false");
  return false;
}

bool json_cursor::is_number_but(double value) const {
  return !failed() && value_->is_number() && value_->get<double>() != value;
}

void json_cursor::expect_size(std::size_t size) const {
  if (failed()) return;
  if (!value_->is_array() || value_->size() != size) {
    const std::string kind = "an array of " + std::to_string(size);
    expected(kind.c_str());
  }
}

void json_cursor::fail(const std::string& what) const {
  if (failed()) return;
  *problem_ = base::error{.what = what, .where = place(), .next = ""};
}

void json_cursor::expected(const char* kind) const {
  constexpr std::size_t shown_bytes = 40;
  std::string shown;
  if (value_->is_structured()) {
    shown = value_->is_array() ? "an array" : "an object";
    if (value_->is_array()) shown += " of " + std::to_string(value_->size());
  } else {
    shown = value_->dump(-1, ' ', false, json::error_handler_t::replace);
    if (shown.size() > shown_bytes) shown = shown.substr(0, shown_bytes) + "...";
  }
  fail(std::string("expected ") + kind + ", found " + shown);
}

std::string json_cursor::place() const {
  if (parent_ == nullptr) return "";
  std::string out = parent_->place();
  out += '/';
  append_escaped(out, key_);
  return out;
}

}  // namespace nevaperf::formats
