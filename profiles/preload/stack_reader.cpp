#include "profiles/preload/stack_reader.hpp"

#include <algorithm>
#include <cstring>

#include "core/base/file.hpp"
#include "core/units/format.hpp"
#include "profiles/model/notes.hpp"
#include "profiles/preload/stack_file.hpp"

namespace nevaperf::profiles {

namespace raw = stack_file;

namespace {

base::error damaged_file(std::string what) {
  return {.what = "damaged raw profile: " + std::move(what), .where = {}, .next = "profile again"};
}

// Unaligned memory as a value.
template <class T>
T value_at(std::string_view bytes, std::uint64_t at) {
  T made;
  std::memcpy(&made, bytes.data() + at, sizeof made);
  return made;
}

std::vector<std::uint64_t> words_at(std::string_view bytes, std::uint64_t at, std::uint64_t count) {
  std::vector<std::uint64_t> made(count);
  std::memcpy(made.data(), bytes.data() + at, count * sizeof(std::uint64_t));
  return made;
}

std::string text_of(const char* bytes, std::size_t room) {
  return {bytes, ::strnlen(bytes, room)};
}

base::result<stack_process::record> record_at(std::string_view bytes, std::uint64_t at,
                                              std::uint32_t value_words) {
  if (at < raw::records_at || at + sizeof(raw::file_record) > bytes.size())
    return damaged_file("its index refers to nothing");
  const auto record = value_at<raw::file_record>(bytes, at);
  const std::uint64_t values_at = at + sizeof record;
  const std::uint64_t stack_at = values_at + value_words * sizeof(std::uint64_t);
  if (record.depth > raw::most_depth ||
      stack_at + record.depth * sizeof(std::uint64_t) > bytes.size())
    return damaged_file("a stack is cut off");
  return stack_process::record{.label = record.label,
                               .kind = record.kind,
                               .values = words_at(bytes, values_at, value_words),
                               .addresses = words_at(bytes, stack_at, record.depth)};
}

}  // namespace

std::string stack_process::title() const {
  return program.substr(program.find_last_of('/') + 1) + " (pid " + std::to_string(pid) + ")";
}

base::result<stack_process> read_stack_file(std::string_view bytes, std::string_view magic,
                                            std::uint32_t value_words) {
  if (bytes.size() < raw::records_at) return damaged_file("cut off");
  const auto header = value_at<raw::file_header>(bytes, 0);
  if (text_of(header.magic, sizeof header.magic) != magic)
    return damaged_file("it was never begun, or is of another kind");
  if (header.value_words != value_words) return damaged_file("its records have another size");
  stack_process made{
      .program = text_of(header.program, sizeof header.program),
      .allocator = text_of(header.allocator, sizeof header.allocator),
      .pid = header.pid,
      .is_ended = header.is_ended != 0,
      .wall_start_ns = header.wall_start_ns,
      .duration_ns = header.last_ns > header.start_ns ? header.last_ns - header.start_ns : 0,
      .period = header.period,
      .events = header.events,
      .lost = header.lost,
      .untracked = header.untracked,
      .own_ns = header.own_ns,
      .modules = {},
      .records = {}};
  for (std::uint32_t i = 0; i < std::min(header.modules, raw::most_modules); ++i) {
    const auto m =
        value_at<raw::file_module>(bytes, raw::modules_at + i * sizeof(raw::file_module));
    made.modules.push_back({m.start, m.limit, text_of(m.path, sizeof m.path)});
  }
  for (std::uint32_t slot = 0; slot < raw::index_slots; ++slot) {
    const auto place = value_at<std::uint32_t>(bytes, raw::index_at + slot * sizeof(std::uint32_t));
    if (place == 0) continue;
    auto record = record_at(bytes, std::uint64_t{place} * 8, value_words);
    if (!record) return record.error();
    made.records.push_back(*std::move(record));
  }
  return made;
}

base::result<std::vector<stack_process>> read_stack_files(const std::string& folder,
                                                          std::string_view prefix,
                                                          std::string_view magic,
                                                          std::uint32_t value_words,
                                                          std::vector<std::string>& damaged) {
  base::file_system& files = base::real_files();
  const auto names = files.list(folder);
  if (!names) return names.error();
  std::vector<stack_process> made;
  for (const std::string& name : *names) {
    if (!name.starts_with(std::string(prefix) + ".") || !name.ends_with(".raw")) continue;
    const auto bytes = files.read(folder + "/" + name);
    if (!bytes) return bytes.error();
    auto process = read_stack_file(*bytes, magic, value_words);
    if (process)
      made.push_back(*std::move(process));
    else
      damaged.push_back(process.error().within(name).line());
  }
  return made;
}

std::vector<model::warning> stack_doubts(const std::vector<stack_process>& processes,
                                         const std::string& remedy) {
  std::uint64_t lost = 0;
  std::uint64_t untracked = 0;
  std::vector<std::string> cut_short;
  for (const stack_process& p : processes) {
    lost += p.lost;
    untracked += p.untracked;
    if (!p.is_ended && !p.records.empty()) cut_short.push_back(p.title());
  }
  std::vector<model::warning> made;
  if (!cut_short.empty())
    made.push_back({.code = "cut-short",
                    .text = cut_short.front() +
                            (cut_short.size() > 1 ? " and " + std::to_string(cut_short.size() - 1) +
                                                        " more processes"
                                                  : std::string()) +
                            " did not end in order (crashed, killed, or executed another program)",
                    .next = "nothing: what was done until then is here"});
  if (lost > 0)
    made.push_back({.code = "no-room",
                    .text = std::to_string(lost) +
                            " samples did not fit: too many different stacks, or a full disk",
                    .next = remedy});
  if (untracked > 0)
    made.push_back({.code = "untracked",
                    .text = "what became of " + std::to_string(untracked) +
                            " samples is not known: memory in use is too small by them",
                    .next = remedy});
  return made;
}

std::string overhead_note(const std::vector<stack_process>& processes) {
  std::int64_t own_ns = 0;
  for (const stack_process& p : processes) own_ns = add_saturated(own_ns, p.own_ns);
  return note_text("overhead",
                   units::format_duration(units::seconds{static_cast<double>(own_ns) * 1e-9}) +
                       " were spent taking samples");
}

stack_places::stack_places(profile_builder& to, const stack_process& of) : to_(to) {
  // The program is the first mapping wherever the first stack was.
  auto modules = of.modules;
  std::ranges::stable_partition(modules, [](const auto& m) { return m.path.empty(); });
  for (const stack_process::module& m : modules) {
    if (m.limit <= m.start) continue;
    const std::string& path = m.path.empty() ? of.program : m.path;
    ranges_.push_back({.start = m.start,
                       .limit = m.limit,
                       .id = to_.add_mapping({.start = m.start,
                                              .limit = m.limit,
                                              .offset = 0,
                                              .file = to_.text(path),
                                              .build_id = no_text})});
  }
}

std::vector<location_id> stack_places::stack_of(const stack_process::record& r) {
  std::vector<location_id> made;
  for (const std::uint64_t address : r.addresses) {
    location place;
    place.address = address == 0 ? 0 : address - 1;  // inside the call
    for (const range& each : ranges_)
      if (place.address >= each.start && place.address < each.limit) place.map = each.id;
    made.push_back(to_.add_location(place));
  }
  return made;
}

}  // namespace nevaperf::profiles
