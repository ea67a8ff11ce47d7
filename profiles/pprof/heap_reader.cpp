#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "profiles/model/profile_builder.hpp"
#include "profiles/pprof/gperftools_readers.hpp"
#include "profiles/pprof/memory_map.hpp"
#include "profiles/pprof/text_lines.hpp"

namespace nevaperf::profiles {

namespace {

constexpr std::string_view title = "heap profile:";
constexpr const char* advice = "record the heap profile again";

struct counts {
  std::int64_t objects;
  std::int64_t bytes;
};

// "OBJECTS: BYTES [OBJECTS: BYTES] @"
struct entry {
  counts in_use;
  counts allocated;
};

std::optional<counts> take_counts(std::string_view& text) {
  const auto objects = take_number(text);
  if (!objects || !take(text, ":")) return std::nullopt;
  const auto bytes = take_number(text);
  if (!bytes) return std::nullopt;
  return counts{*objects, *bytes};
}

std::optional<entry> take_entry(std::string_view& text) {
  const auto in_use = take_counts(text);
  if (!in_use || !take(text, "[")) return std::nullopt;
  const auto allocated = take_counts(text);
  if (!allocated || !take(text, "]") || !take(text, "@")) return std::nullopt;
  return entry{*in_use, *allocated};
}

struct heading {
  bool has_allocated = false;
  std::int64_t period_bytes = 1;  // 1: every allocation was counted
};

std::optional<heading> read_heading(std::string_view text) {
  if (!take(text, title)) return std::nullopt;
  const auto sums = take_entry(text);
  if (!sums) return std::nullopt;
  heading made;
  const auto& [in_use, allocated] = *sums;
  // Writers that do not know what was allocated repeat what is in use, or say 0.
  made.has_allocated = (allocated.objects != 0 && allocated.objects != in_use.objects) ||
                       (allocated.bytes != 0 && allocated.bytes != in_use.bytes);
  const std::string_view kind = trimmed(text.substr(0, text.find('/')));
  text.remove_prefix(std::min(text.find('/'), text.size()));
  std::int64_t period = 1;
  if (take(text, "/")) {
    const auto given = take_number(text);
    if (!given || *given < 0) return std::nullopt;
    period = *given;
  }
  if (kind == "heap_v2" || kind == "heapz_v2") made.period_bytes = period;
  if (kind == "heap") made.period_bytes = period / 2;
  return made;
}

counts unbiased(counts seen, std::int64_t period_bytes) {
  if (period_bytes <= 1 || seen.objects == 0 || seen.bytes == 0) return seen;
  const auto objects = static_cast<double>(seen.objects);
  const auto bytes = static_cast<double>(seen.bytes);
  const double factor = -1 / std::expm1(-bytes / objects / static_cast<double>(period_bytes));
  return {round_saturated(objects * factor), round_saturated(bytes * factor)};
}

struct raw_sample {
  entry seen;
  std::vector<std::uint64_t> addresses;
};

base::result<std::vector<raw_sample>> read_samples(text_lines& lines) {
  std::vector<raw_sample> all;
  while (const auto text = lines.next()) {
    if (text->empty()) continue;
    if (text->starts_with("MAPPED_LIBRARIES:") || text->starts_with("--- Memory map:")) break;
    std::string_view rest = *text;
    const auto seen = take_entry(rest);
    if (!seen) return lines.error("not 'OBJECTS: BYTES [OBJECTS: BYTES] @ ADDRESSES'", advice);
    auto addresses = take_addresses(rest);
    if (!addresses) return lines.error("an address is no hexadecimal number", advice);
    all.push_back({*seen, std::move(*addresses)});
  }
  return all;
}

}  // namespace

bool is_heap_profile(std::string_view bytes) {
  return bytes.starts_with(title);
}

base::result<profile> read_heap_profile(std::string_view bytes) {
  text_lines lines(bytes);
  const auto first = lines.next();
  const auto head = read_heading(first.value_or(""));
  if (!head)
    return lines.error("not 'heap profile: OBJECTS: BYTES [OBJECTS: BYTES] @ KIND/PERIOD'", advice);
  const auto raw = read_samples(lines);
  if (!raw) return raw.error();

  profile_builder made;
  if (head->has_allocated) {
    made.add_type("alloc_objects", "count");
    made.add_type("alloc_space", "bytes");
  }
  made.add_type("inuse_objects", "count");
  made.add_type("inuse_space", "bytes");
  made.header().period_type = made.type("space", "bytes");
  made.header().period = head->period_bytes;
  const text_id size_key = made.text("bytes");
  memory_map map(made, lines.rest());
  for (const raw_sample& each : *raw) {
    const counts in_use = unbiased(each.seen.in_use, head->period_bytes);
    const counts allocated = unbiased(each.seen.allocated, head->period_bytes);
    const std::array values{allocated.objects, allocated.bytes, in_use.objects, in_use.bytes};
    const counts& sized = each.seen.in_use.objects != 0 ? each.seen.in_use : each.seen.allocated;
    // The smallest number cannot be divided by -1.
    const bool divides = sized.objects > 0;
    const label size{.key = size_key,
                     .text = no_text,
                     .number = divides ? sized.bytes / sized.objects : 0,
                     .unit = size_key};
    made.add_sample(map.locate_stack(each.addresses, false),
                    std::span(values).subspan(head->has_allocated ? 0 : 2),
                    std::span(&size, divides ? 1 : 0));
  }
  return std::move(made).build();
}

}  // namespace nevaperf::profiles
