#include "profiles/cpu/raw_reader.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "profiles/cpu/raw_file.hpp"
#include "profiles/model/profile_builder.hpp"

namespace nevaperf::profiles {

namespace {

base::error damaged(std::string what) {
  return {
      .what = "damaged raw CPU profile: " + std::move(what), .where = {}, .next = "profile again"};
}

// Unaligned memory as a value.
template <class T>
T value_at(std::string_view bytes, std::uint64_t at) {
  T made;
  std::memcpy(&made, bytes.data() + at, sizeof made);
  return made;
}

std::string text_of(const char* bytes, std::size_t room) {
  return {bytes, ::strnlen(bytes, room)};
}

class maps {
 public:
  maps(profile_builder& to, const cpu_process& of) : to_(to) {
    // The program is the first mapping wherever the first sample was.
    add(of.program, 0, 0);
    for (const cpu_process::module& m : of.modules) {
      const std::string& path = m.path.empty() ? of.program : m.path;
      add(path, m.start, m.limit);
    }
  }

  location_id locate(std::uint64_t address) {
    location made;
    made.address = address;
    for (const range& r : ranges_)
      if (address >= r.start && address < r.limit) made.map = r.id;
    return to_.add_location(made);
  }

 private:
  struct range {
    std::uint64_t start;
    std::uint64_t limit;
    mapping_id id;
  };

  void add(const std::string& path, std::uint64_t start, std::uint64_t limit) {
    if (limit <= start) return;
    const mapping made{
        .start = start, .limit = limit, .offset = 0, .file = to_.text(path), .build_id = no_text};
    ranges_.push_back({.start = start, .limit = limit, .id = to_.add_mapping(made)});
  }

  profile_builder& to_;
  std::vector<range> ranges_;
};

}  // namespace

base::result<cpu_process> read_raw_cpu(std::string_view bytes) {
  if (bytes.size() < raw::records_at) return damaged("cut off");
  const auto header = value_at<raw::raw_header>(bytes, 0);
  if (std::memcmp(header.magic, raw::magic, sizeof raw::magic) != 0)
    return damaged("it was never begun");
  cpu_process made{.program = text_of(header.program, sizeof header.program),
                   .pid = header.pid,
                   .rate_hz = header.rate_hz,
                   .threads = header.threads,
                   .is_ended = header.is_ended != 0,
                   .wall_start_ns = header.wall_start_ns,
                   .duration_ns = header.last_ns - header.start_ns,
                   .cpu_ns = header.cpu_last_ns - header.cpu_start_ns,
                   .handler_ns = header.handler_ns,
                   .samples = 0,
                   .ticks = 0,
                   .lost = header.lost,
                   .modules = {},
                   .stacks = {}};
  for (std::uint32_t i = 0; i < std::min(header.modules, raw::most_modules); ++i) {
    const auto m =
        value_at<raw::raw_module>(bytes, sizeof(raw::raw_header) + i * sizeof(raw::raw_module));
    made.modules.push_back({m.start, m.limit, text_of(m.path, sizeof m.path)});
  }
  const std::uint64_t end = std::min<std::uint64_t>(header.used_bytes, bytes.size());
  for (std::uint64_t at = raw::records_at; at + sizeof(raw::raw_record) <= end;) {
    const auto record = value_at<raw::raw_record>(bytes, at);
    at += sizeof record;
    if (record.depth == 0 || record.depth > raw::most_depth + 8 ||
        at + record.depth * sizeof(std::uint64_t) > end)
      return damaged("a stack is cut off");
    cpu_process::stack one{
        .count = record.count, .ticks = record.ticks, .label = record.label, .addresses = {}};
    one.addresses.resize(record.depth);
    std::memcpy(one.addresses.data(), bytes.data() + at, record.depth * sizeof(std::uint64_t));
    at += record.depth * sizeof(std::uint64_t);
    made.samples += record.count;
    made.ticks += record.ticks;
    made.stacks.push_back(std::move(one));
  }
  return made;
}

profile make_cpu_profile(const std::vector<cpu_process>& processes, const node_namer& node_of) {
  profile_builder made;
  made.add_type("samples", "count");
  made.add_type("cpu", "nanoseconds");
  profile& header = made.header();
  header.period_type = made.type("cpu", "nanoseconds");
  std::int64_t cpu_ns = 0;
  std::uint64_t samples = 0;
  const text_id node = made.text("node");
  const text_id pid = made.text("pid");
  for (const cpu_process& p : processes) {
    maps places(made, p);
    std::vector<location_id> stack;
    std::uint64_t done = 0;  // ticks, so that rounding does not add up
    const auto time_of = [&p](std::uint64_t ticks) {
      return round_saturated(static_cast<double>(p.cpu_ns) * static_cast<double>(ticks) /
                             static_cast<double>(p.ticks));
    };
    for (const cpu_process::stack& s : p.stacks) {
      stack.clear();
      for (const std::uint64_t address : s.addresses)
        stack.push_back(places.locate(stack.empty() || address == 0 ? address : address - 1));
      std::vector<label> labels;
      if (const std::string name = node_of(s.label); !name.empty())
        labels.push_back({.key = node, .text = made.text(name), .number = 0, .unit = no_text});
      if (processes.size() > 1)
        labels.push_back({.key = pid, .text = no_text, .number = p.pid, .unit = no_text});
      const std::array values{static_cast<std::int64_t>(s.count),
                              time_of(done + s.ticks) - time_of(done)};
      done += s.ticks;
      made.add_sample(stack, values, labels);
    }
    cpu_ns += p.cpu_ns;
    samples += p.samples;
    if (header.time_ns == 0 || p.wall_start_ns < header.time_ns) header.time_ns = p.wall_start_ns;
    header.duration_ns = std::max(header.duration_ns, p.duration_ns);
  }
  header.period = samples == 0 ? 0 : cpu_ns / static_cast<std::int64_t>(samples);
  header.default_type = made.text("cpu");
  return std::move(made).build();
}

}  // namespace nevaperf::profiles
