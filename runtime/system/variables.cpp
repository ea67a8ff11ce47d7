#include "runtime/system/variables.hpp"

#include <unistd.h>

#include <algorithm>

namespace nevaperf::runtime {

namespace {

bool has_key(std::string_view entry, std::string_view key) {
  return entry.size() > key.size() && entry[key.size()] == '=' && entry.starts_with(key);
}

bool is_name_character(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The names of one character that shells know: $1, $*, $?.
bool is_special_name(char c) {
  return std::string_view("*#$@!?-0123456789").find(c) != std::string_view::npos;
}

struct reference {
  std::string_view name;  // empty: none
  std::size_t size;       // characters after the '$' that belong to it
};

// What follows a '$', `rest` is not empty.
reference parse_reference(std::string_view rest) {
  if (rest[0] == '{') {
    if (rest.size() > 2 && is_special_name(rest[1]) && rest[2] == '}')
      return {rest.substr(1, 1), 3};
    const std::size_t end = rest.find('}');
    if (end == std::string_view::npos) return {{}, 1};
    return {rest.substr(1, end - 1), end + 1};
  }
  if (is_special_name(rest[0])) return {rest.substr(0, 1), 1};
  const auto end = std::find_if_not(rest.begin(), rest.end(), is_name_character);
  const auto size = static_cast<std::size_t>(end - rest.begin());
  return {rest.substr(0, size), size};
}

}  // namespace

variable_table::variable_table(std::vector<std::string> entries) {
  for (std::string& e : entries) {
    const std::size_t equals = e.find('=');
    if (equals == 0 || equals == std::string::npos) continue;
    if (place_of(std::string_view(e).substr(0, equals)) == entries_.end())
      entries_.push_back(std::move(e));
  }
}

variable_table variable_table::of_process() {
  std::vector<std::string> entries;
  for (char** e = environ; e != nullptr && *e != nullptr; ++e) entries.emplace_back(*e);
  return variable_table(std::move(entries));
}

std::vector<std::string>::iterator variable_table::place_of(std::string_view key) {
  return std::find_if(entries_.begin(), entries_.end(),
                      [&](const std::string& e) { return has_key(e, key); });
}
std::vector<std::string>::const_iterator variable_table::place_of(std::string_view key) const {
  return std::find_if(entries_.begin(), entries_.end(),
                      [&](const std::string& e) { return has_key(e, key); });
}

std::optional<std::string> variable_table::find(std::string_view key) const {
  const std::lock_guard hold(lock_);
  const auto place = place_of(key);
  if (place == entries_.end()) return std::nullopt;
  return place->substr(key.size() + 1);
}

bool variable_table::set(std::string_view key, std::string_view value) {
  constexpr std::string_view zero("\0", 1);
  if (key.empty() || key.find('=') != key.npos || key.find(zero) != key.npos ||
      value.find(zero) != value.npos)
    return false;
  std::string entry(key);
  entry.append("=").append(value);
  const std::lock_guard hold(lock_);
  if (const auto place = place_of(key); place != entries_.end())
    *place = std::move(entry);
  else
    entries_.push_back(std::move(entry));
  return true;
}

void variable_table::unset(std::string_view key) {
  const std::lock_guard hold(lock_);
  if (const auto place = place_of(key); place != entries_.end()) entries_.erase(place);
}

void variable_table::clear() {
  const std::lock_guard hold(lock_);
  entries_.clear();
}

std::vector<std::string> variable_table::entries() const {
  const std::lock_guard hold(lock_);
  return entries_;
}

std::string variable_table::expand(std::string_view text) const {
  std::string expanded;
  while (!text.empty()) {
    const std::size_t dollar = text.find('$');
    expanded.append(text.substr(0, dollar));
    if (dollar == text.npos) break;
    text.remove_prefix(dollar + 1);
    if (text.empty()) {
      expanded += '$';
      break;
    }
    const reference found = parse_reference(text);
    if (!found.name.empty())
      expanded += find(found.name).value_or("");
    else if (found.size == 0)
      expanded += '$';  // nothing that could be a name follows
    text.remove_prefix(found.size);
  }
  return expanded;
}

std::string variable_table::temporary_folder() const {
  const std::optional<std::string> named = find("TMPDIR");
  return named && !named->empty() ? *named : "/tmp";
}

}  // namespace nevaperf::runtime
