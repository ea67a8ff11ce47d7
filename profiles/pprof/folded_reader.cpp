#include "profiles/pprof/folded_reader.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "profiles/model/profile_builder.hpp"
#include "profiles/pprof/text_lines.hpp"

namespace nevaperf::profiles {

namespace {

struct folded_line {
  std::string_view frames;
  std::int64_t count;
};

std::optional<folded_line> parse(std::string_view text) {
  const std::size_t blank = text.find_last_of(" \t");
  if (blank == std::string_view::npos) return std::nullopt;
  std::string_view number = text.substr(blank + 1);
  const auto count = take_number(number);
  if (!count || !number.empty()) return std::nullopt;
  return folded_line{trimmed(text.substr(0, blank)), *count};
}

}  // namespace

bool is_folded(std::string_view bytes) {
  text_lines lines(bytes);
  while (const auto text = lines.next()) {
    if (text->empty()) continue;
    const bool binary = std::ranges::any_of(
        *text, [](char c) { return static_cast<unsigned char>(c) < ' ' && c != '\t'; });
    return !binary && parse(*text).has_value();
  }
  return false;
}

base::result<profile> read_folded(std::string_view bytes) {
  profile_builder made;
  made.add_type("samples", "count");
  text_lines lines(bytes);
  std::vector<location_id> stack;
  while (const auto text = lines.next()) {
    if (text->empty()) continue;
    const auto parsed = parse(*text);
    if (!parsed)
      return lines.error("not 'frame;frame;... NUMBER'", "folded stacks end in a whole number");
    stack.clear();
    std::string_view rest = parsed->frames;
    while (!rest.empty()) {
      const std::string_view frame = rest.substr(0, rest.find(';'));
      stack.push_back(made.add_named_location(frame));
      rest.remove_prefix(std::min(frame.size() + 1, rest.size()));
    }
    std::ranges::reverse(stack);
    made.add_sample(stack, std::array{parsed->count});
  }
  return std::move(made).build();
}

}  // namespace nevaperf::profiles
