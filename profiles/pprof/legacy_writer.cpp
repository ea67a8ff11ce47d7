#include "profiles/pprof/legacy_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <unordered_set>
#include <vector>

namespace nevaperf::profiles {

namespace {

constexpr std::size_t word_bytes = 8;
constexpr std::uint64_t default_period_us = 10'000;

std::string hex(std::uint64_t value) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16).ptr;
  return {digits.data(), end};
}

std::optional<std::size_t> type_named(const profile& p, std::string_view name) {
  for (std::size_t t = 0; t < p.types.size(); ++t)
    if (p.text(p.types[t].type) == name) return t;
  return std::nullopt;
}

// The names of a place, outermost first. The separator must not be in a name.
std::string names_of(const profile& p, const location& at) {
  std::string names;
  for (auto l = at.lines.rbegin(); l != at.lines.rend(); ++l) {
    if (l->function.is_none()) continue;
    const function& f = p.functions[l->function.index()];
    std::string name = p.text(f.name == no_text ? f.system_name : f.name);
    if (name.empty()) continue;
    std::ranges::replace_if(
        name, [](unsigned char c) { return c < ' '; }, '?');
    for (auto two = name.find("--"); two != std::string::npos; two = name.find("--", two))
      name.replace(two, 2, "- -");
    names += (names.empty() ? "" : "--") + name;
  }
  return names;
}

class legacy_maker {
 public:
  explicit legacy_maker(const profile& p) : p_(p) {
    for (const location& at : p.locations) names_.push_back(names_of(p, at));
    made_.has_names = std::ranges::any_of(names_, [](const std::string& n) { return !n.empty(); });
    choose_addresses();
  }

  base::result<legacy_file> make() && {
    const auto samples = type_named(p_, "samples");
    const auto cpu = type_named(p_, "cpu");
    const auto waits = type_named(p_, "contentions");
    const auto delay = type_named(p_, "delay");
    const auto in_use = type_named(p_, "inuse_space");
    const auto allocated = type_named(p_, "alloc_space");
    if (made_.has_names) put_symbols();
    if (waits && delay) {
      put_contention(*waits, *delay);
    } else if (in_use || allocated) {
      put_heap(in_use, allocated);
    } else if (samples || cpu) {
      put_cpu(samples, cpu);
    } else {
      return base::error{.what = "google-pprof has no format for these sample types",
                         .where = {},
                         .next =
                             "it reads CPU (samples), heap (inuse_space, alloc_space) and "
                             "contention (delay) profiles; others: --view pprof or folded"};
    }
    return std::move(made_);
  }

 private:
  void choose_addresses() {
    std::unordered_set<std::uint64_t> used{0};
    for (const location& at : p_.locations) used.insert(at.address);
    std::unordered_set<std::uint64_t> taken{0};
    std::uint64_t next = 0x1000;
    const auto fresh = [&] {
      while (used.contains(next)) next += word_bytes;
      used.insert(next);
      return next;
    };
    for (const location& at : p_.locations)
      addresses_.push_back(taken.insert(at.address).second ? at.address : fresh());
    unknown_ = fresh();
  }

  void put_symbols() {
    made_.bytes += "--- symbol\nbinary=";
    made_.bytes += p_.mappings.empty() ? "unknown" : p_.text(p_.mappings[0].file);
    made_.bytes += '\n';
    for (std::size_t i = 0; i < names_.size(); ++i)
      made_.bytes += "0x" + hex(addresses_[i]) + " " +
                     (names_[i].empty() ? module_of(p_.locations[i]) : names_[i]) + "\n";
    made_.bytes += "0x" + hex(unknown_) + " [unknown]\n---\n";
  }

  [[nodiscard]] std::string module_of(const location& at) const {
    const std::string path = at.map.is_none() ? "" : p_.text(p_.mappings[at.map.index()].file);
    return "[" + (path.empty() ? "unknown" : path.substr(path.find_last_of('/') + 1)) + "]";
  }

  // As a reader wants them: return addresses for callers, unless it is given names and takes every
  // address as it is.
  std::vector<std::uint64_t> stack_of(const sample& s, bool leaf_is_exact) const {
    std::vector<std::uint64_t> stack;
    for (const location_id id : p_.stack_of(s)) {
      const bool exact = made_.has_names || (leaf_is_exact && stack.empty());
      stack.push_back(addresses_[id.index()] + (exact ? 0 : 1));
    }
    if (stack.empty()) stack.push_back(unknown_);
    return stack;
  }

  void put_maps() {
    for (const mapping& m : p_.mappings)
      if (m.limit > m.start)
        made_.bytes += hex(m.start) + "-" + hex(m.limit) + " r-xp " + hex(m.offset) + " 00:00 0 " +
                       p_.text(m.file) + "\n";
  }

  void put_word(std::uint64_t value) {
    for (std::size_t i = 0; i < word_bytes; ++i)
      made_.bytes += static_cast<char>(value >> (8 * i) & 0xffU);
  }

  // What one tick stands for, so that the file's own time is right: rates asked for are not had.
  [[nodiscard]] std::uint64_t period_us(std::optional<std::size_t> samples,
                                        std::optional<std::size_t> cpu) const {
    constexpr double ns_per_us = 1000;
    const auto sums = totals(p_);
    double ns = static_cast<double>(p_.period);
    if (samples && cpu && sums[*samples] > 0)
      ns = static_cast<double>(sums[*cpu]) / static_cast<double>(sums[*samples]);
    const auto us = round_saturated(ns / ns_per_us);
    return us > 0 ? static_cast<std::uint64_t>(us) : default_period_us;
  }

  void put_cpu(std::optional<std::size_t> samples, std::optional<std::size_t> cpu) {
    const std::uint64_t period = period_us(samples, cpu);
    if (made_.has_names) made_.bytes += "--- profile\n";
    for (const std::uint64_t word :
         {std::uint64_t{0}, std::uint64_t{3}, std::uint64_t{0}, period, std::uint64_t{0}})
      put_word(word);
    for (std::size_t i = 0; i < p_.samples.size(); ++i) {
      std::int64_t count = p_.values_of(i)[samples ? *samples : *cpu];
      if (!samples)
        count = round_saturated(static_cast<double>(count) / 1e3 / static_cast<double>(period));
      if (is_negative({&count, 1}) || count == 0) continue;
      const auto stack = stack_of(p_.samples[i], true);
      put_word(static_cast<std::uint64_t>(count));
      put_word(stack.size());
      for (const std::uint64_t address : stack) put_word(address);
    }
    for (const std::uint64_t word : {0U, 1U, 0U}) put_word(word);
    put_maps();
  }

  void put_heap(std::optional<std::size_t> in_use, std::optional<std::size_t> allocated) {
    // Objects and bytes in use, then allocated.
    const std::array types{type_named(p_, "inuse_objects"), in_use, type_named(p_, "alloc_objects"),
                           allocated};
    const auto entry = [](const std::array<std::int64_t, 4>& v) {
      return std::to_string(v[0]) + ": " + std::to_string(v[1]) + " [" + std::to_string(v[2]) +
             ": " + std::to_string(v[3]) + "] @ ";
    };
    std::string lines;
    std::array<std::int64_t, 4> sums{};
    for (std::size_t i = 0; i < p_.samples.size(); ++i) {
      std::array<std::int64_t, 4> values{};
      for (std::size_t t = 0; t < types.size(); ++t)
        if (types[t]) values[t] = p_.values_of(i)[*types[t]];
      if (is_negative(values)) continue;
      for (std::size_t t = 0; t < types.size(); ++t) sums[t] = add_saturated(sums[t], values[t]);
      lines += entry(values) + addresses_text(p_.samples[i]) + "\n";
    }
    made_.bytes += "heap profile: " + entry(sums) + "heapprofile\n" + lines;
    made_.bytes += "\nMAPPED_LIBRARIES:\n";
    put_maps();
  }

  void put_contention(std::size_t waits, std::size_t delay) {
    made_.bytes += "--- contentionz 1 ---\ncycles/second = 1000000000\nsampling period = 1\n";
    constexpr std::int64_t ns_per_ms = 1'000'000;
    if (p_.duration_ns > 0)
      made_.bytes += "ms since reset = " + std::to_string(p_.duration_ns / ns_per_ms) + "\n";
    for (std::size_t i = 0; i < p_.samples.size(); ++i) {
      const std::array values{p_.values_of(i)[delay], p_.values_of(i)[waits]};
      // The reader divides by the number of waits.
      if (is_negative(values) || values[1] == 0) continue;
      made_.bytes += std::to_string(values[0]) + " " + std::to_string(values[1]) + " @ " +
                     addresses_text(p_.samples[i]) + "\n";
    }
    if (!made_.has_names) made_.bytes += "--- Memory map: ---\n";
    put_maps();
  }

  [[nodiscard]] std::string addresses_text(const sample& s) const {
    std::string text;
    for (const std::uint64_t address : stack_of(s, false))
      text += (text.empty() ? "0x" : " 0x") + hex(address);
    return text;
  }

  bool is_negative(std::span<const std::int64_t> values) {
    const bool found = std::ranges::any_of(values, [](std::int64_t v) { return v < 0; });
    if (found) ++made_.negative;
    return found;
  }

  const profile& p_;
  std::vector<std::string> names_;        // by location; empty: not known
  std::vector<std::uint64_t> addresses_;  // by location
  std::uint64_t unknown_ = 0;
  legacy_file made_;
};

}  // namespace

base::result<legacy_file> write_legacy(const profile& p) {
  return legacy_maker(p).make();
}

}  // namespace nevaperf::profiles
