#include <array>
#include <vector>

#include "profiles/model/profile_builder.hpp"
#include "profiles/pprof/gperftools_readers.hpp"
#include "profiles/pprof/memory_map.hpp"
#include "profiles/pprof/text_lines.hpp"

namespace nevaperf::profiles {

namespace {

constexpr const char* advice = "record the contention profile again";

struct raw_sample {
  std::int64_t delay;
  std::int64_t count;
  std::vector<std::uint64_t> addresses;
};

struct raw_profile {
  std::int64_t cycles_per_second = 0;  // 0: delays are nanoseconds
  std::int64_t period = 1;
  std::int64_t duration_ms = 0;
  std::vector<raw_sample> samples;
};

// A line "name = number"; names that are not known say nothing about the values.
base::result<void> read_setting(const text_lines& lines, std::string_view text, raw_profile& to) {
  const std::size_t equals = text.find('=');
  const std::string_view name = trimmed(text.substr(0, equals));
  const bool known =
      name == "cycles/second" || name == "sampling period" || name == "ms since reset";
  if (!known) return {};
  std::string_view rest = text.substr(equals + 1);
  const auto value = take_number(rest);
  constexpr std::int64_t most = 1'000'000'000'000;
  if (!value || *value < 0 || *value > most || !trimmed(rest).empty())
    return lines.error("'" + std::string(name) + "' is no number in range", advice);
  if (name == "cycles/second") to.cycles_per_second = *value;
  if (name == "sampling period") to.period = std::max<std::int64_t>(*value, 1);
  if (name == "ms since reset") to.duration_ms = *value;
  return {};
}

base::result<raw_profile> read_lines(text_lines& lines) {
  raw_profile made;
  while (const auto text = lines.next()) {
    if (text->empty()) continue;
    if (text->starts_with("---") || text->starts_with("MAPPED_LIBRARIES:")) break;
    if (text->find('=') != std::string_view::npos) {
      if (auto read = read_setting(lines, *text, made); !read) return read.error();
      continue;
    }
    std::string_view rest = *text;
    const auto delay = take_number(rest);
    const auto count = delay ? take_number(rest) : std::nullopt;
    if (!count || !take(rest, "@")) return lines.error("not 'DELAY COUNT @ ADDRESSES'", advice);
    auto addresses = take_addresses(rest);
    if (!addresses) return lines.error("an address is no hexadecimal number", advice);
    made.samples.push_back({*delay, *count, std::move(*addresses)});
  }
  return made;
}

std::int64_t scaled(std::int64_t value, double factor) {
  // A double does not hold every whole number.
  return factor == 1 ? value : round_saturated(static_cast<double>(value) * factor);
}

}  // namespace

bool is_contention_profile(std::string_view bytes) {
  return bytes.starts_with("--- contention") || bytes.starts_with("--- mutex");
}

base::result<profile> read_contention_profile(std::string_view bytes) {
  text_lines lines(bytes);
  (void)lines.next();  // the title
  const auto raw = read_lines(lines);
  if (!raw) return raw.error();

  profile_builder made;
  made.add_type("contentions", "count");
  made.add_type("delay", "nanoseconds");
  made.header().period_type = made.type("contentions", "count");
  made.header().period = raw->period;
  constexpr std::int64_t ns_per_ms = 1'000'000;
  made.header().duration_ns =
      round_saturated(static_cast<double>(raw->duration_ms) * static_cast<double>(ns_per_ms));
  const auto period = static_cast<double>(raw->period);
  const double ns_per_cycle =
      raw->cycles_per_second == 0 ? 1 : 1e9 / static_cast<double>(raw->cycles_per_second);
  memory_map map(made, lines.rest());
  for (const raw_sample& each : raw->samples) {
    const std::array values{scaled(each.count, period), scaled(each.delay, period * ns_per_cycle)};
    made.add_sample(map.locate_stack(each.addresses, false), values);
  }
  return std::move(made).build();
}

}  // namespace nevaperf::profiles
