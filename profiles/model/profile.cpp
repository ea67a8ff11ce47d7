#include "profiles/model/profile.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nevaperf::profiles {

namespace {

using base::error;

error broken(std::string what, const char* table, std::size_t index) {
  return {.what = std::move(what), .where = table + (" " + std::to_string(index + 1)), .next = {}};
}

class checker {
 public:
  explicit checker(const profile& p) : p_(p) {}

  [[nodiscard]] base::result<void> run() const {
    if (p_.texts.empty() || !p_.texts[0].empty()) return broken("is not empty", "text", 0);
    if (p_.types.empty()) return error{.what = "no sample types", .where = {}, .next = {}};
    for (std::size_t i = 0; i < p_.types.size(); ++i)
      if (!known(p_.types[i])) return broken("unknown text", "sample type", i);
    for (const text_id id : p_.comments)
      if (!known(id)) return error{.what = "unknown text in the comments", .where = {}, .next = {}};
    if (!known(p_.period_type) || !known(p_.default_type) || !known(p_.drop_frames) ||
        !known(p_.keep_frames) || !known(p_.doc_url))
      return error{.what = "unknown text in the header", .where = {}, .next = {}};
    if (auto tables = check_tables(); !tables) return tables;
    return check_samples();
  }

 private:
  [[nodiscard]] bool known(text_id id) const { return id.index() < p_.texts.size(); }
  [[nodiscard]] bool known(value_type t) const { return known(t.type) && known(t.unit); }

  [[nodiscard]] base::result<void> check_tables() const {
    for (std::size_t i = 0; i < p_.mappings.size(); ++i)
      if (!known(p_.mappings[i].file) || !known(p_.mappings[i].build_id))
        return broken("unknown text", "mapping", i);
    for (std::size_t i = 0; i < p_.functions.size(); ++i) {
      const function& f = p_.functions[i];
      if (!known(f.name) || !known(f.system_name) || !known(f.file))
        return broken("unknown text", "function", i);
    }
    for (std::size_t i = 0; i < p_.locations.size(); ++i) {
      const location& at = p_.locations[i];
      if (!at.map.is_none() && at.map.index() >= p_.mappings.size())
        return broken("unknown mapping", "location", i);
      for (const line& l : at.lines)
        if (!l.function.is_none() && l.function.index() >= p_.functions.size())
          return broken("unknown function", "location", i);
    }
    return {};
  }

  [[nodiscard]] base::result<void> check_samples() const {
    if (p_.values.size() != p_.samples.size() * p_.types.size())
      return error{
          .what = "as many values as samples times types are needed", .where = {}, .next = {}};
    for (const location_id id : p_.stacks)
      if (id.index() >= p_.locations.size())
        return error{.what = "unknown location in a stack", .where = {}, .next = {}};
    for (const label& l : p_.labels)
      if (!known(l.key) || !known(l.text) || !known(l.unit))
        return error{.what = "unknown text in a label", .where = {}, .next = {}};
    for (std::size_t i = 0; i < p_.samples.size(); ++i) {
      const sample& s = p_.samples[i];
      if (s.first_frame > p_.stacks.size() || s.frame_count > p_.stacks.size() - s.first_frame ||
          s.first_label > p_.labels.size() || s.label_count > p_.labels.size() - s.first_label)
        return broken("its range does not lie in the table", "sample", i);
    }
    return {};
  }

  const profile& p_;
};

}  // namespace

base::result<void> validate(const profile& p) {
  return checker(p).run();
}

std::int64_t add_saturated(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  return b > 0 ? std::numeric_limits<std::int64_t>::max()
               : std::numeric_limits<std::int64_t>::min();
}

std::int64_t round_saturated(double value) {
  if (std::isnan(value)) return 0;
  if (value >= 0x1p63) return std::numeric_limits<std::int64_t>::max();
  if (value < -0x1p63) return std::numeric_limits<std::int64_t>::min();
  return std::llround(value);
}

std::vector<std::int64_t> totals(const profile& p) {
  std::vector<std::int64_t> sums(p.types.size());
  for (std::size_t i = 0; i < p.samples.size(); ++i) {
    const auto values = p.values_of(i);
    for (std::size_t t = 0; t < sums.size(); ++t) sums[t] = add_saturated(sums[t], values[t]);
  }
  return sums;
}

base::result<std::size_t> find_type(const profile& p, std::string_view name) {
  const bool asked = !name.empty();
  if (!asked) name = p.text(p.default_type);
  for (std::size_t t = 0; t < p.types.size(); ++t)
    if (p.text(p.types[t].type) == name) return t;
  if (!asked) return p.types.size() - 1;
  std::string known;
  for (const value_type& type : p.types) known += (known.empty() ? "" : ", ") + p.text(type.type);
  return error{.what = "no sample type '" + std::string(name) + "'",
               .where = {},
               .next = "there are: " + known};
}

void scale(profile& p, std::size_t type, double factor) {
  for (std::size_t i = type; i < p.values.size(); i += p.types.size())
    p.values[i] = round_saturated(static_cast<double>(p.values[i]) * factor);
}

}  // namespace nevaperf::profiles
