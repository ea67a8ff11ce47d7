#include "profiles/pprof/memory_map.hpp"

#include <algorithm>

#include "profiles/pprof/text_lines.hpp"

namespace nevaperf::profiles {

namespace {

// The next word; empty at the end of the line.
std::string_view take_word(std::string_view& text) {
  text = trimmed(text);
  const std::string_view word = text.substr(0, text.find_first_of(" \t"));
  text.remove_prefix(word.size());
  return word;
}

}  // namespace

memory_map::memory_map(profile_builder& to, std::string_view text) : to_(to) {
  text_lines lines(text);
  while (auto entry = lines.next()) {
    std::string_view rest = *entry;
    const auto start = take_hex(rest);
    if (!start || !take(rest, "-")) continue;
    const auto limit = take_hex(rest);
    if (!limit || *limit <= *start) continue;
    if (take_word(rest).find('x') == std::string_view::npos) continue;
    const auto offset = take_hex(rest);
    if (!offset) continue;
    take_word(rest);  // device
    take_word(rest);  // inode
    const mapping made{.start = *start,
                       .limit = *limit,
                       .offset = *offset,
                       .file = to.text(trimmed(rest)),
                       .build_id = no_text};
    ranges_.push_back({.start = *start, .limit = *limit, .id = to.add_mapping(made)});
  }
  std::ranges::sort(ranges_, {}, &range::start);
}

location_id memory_map::locate(std::uint64_t address) {
  location made;
  made.address = address;
  const auto after = std::ranges::upper_bound(ranges_, address, {}, &range::start);
  if (after != ranges_.begin() && address < std::prev(after)->limit)
    made.map = std::prev(after)->id;
  return to_.add_location(made);
}

std::vector<location_id> memory_map::locate_stack(std::span<const std::uint64_t> addresses,
                                                  bool leaf_is_exact) {
  std::vector<location_id> stack;
  stack.reserve(addresses.size());
  for (const std::uint64_t address : addresses) {
    const bool exact = (leaf_is_exact && stack.empty()) || address == 0;
    stack.push_back(locate(exact ? address : address - 1));
  }
  return stack;
}

}  // namespace nevaperf::profiles
