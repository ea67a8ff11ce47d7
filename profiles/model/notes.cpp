#include "profiles/model/notes.hpp"

#include <charconv>

namespace nevaperf::profiles {

std::string note_text(std::string_view key, std::string_view value) {
  return std::string(key) + ": " + std::string(value);
}

std::optional<std::string> find_note(const profile& p, std::string_view key) {
  const std::string start = note_text(key, "");
  for (const text_id id : p.comments)
    if (p.text(id).starts_with(start)) return p.text(id).substr(start.size());
  return std::nullopt;
}

std::optional<std::int64_t> operations_of(const profile& p) {
  const auto text = find_note(p, operations_note);
  if (!text) return std::nullopt;
  std::int64_t value = 0;
  const char* const end = text->data() + text->size();
  const auto [at, code] = std::from_chars(text->data(), end, value);
  if (code != std::errc() || at != end || value <= 0) return std::nullopt;
  return value;
}

}  // namespace nevaperf::profiles
