#include "profiles/diff/event_counts.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

namespace nevaperf::profiles {

namespace {

std::optional<std::size_t> type_named(const profile& p, std::string_view name) {
  for (std::size_t t = 0; t < p.types.size(); ++t)
    if (p.text(p.types[t].type) == name) return t;
  return std::nullopt;
}

bool is_count(const profile& p, std::size_t type) {
  return p.text(p.types[type].unit) == "count";
}

text_id find_text(const profile& p, std::string_view wanted) {
  const auto at = std::ranges::find(p.texts, wanted);
  return at == p.texts.end() ? no_text : text_id(static_cast<std::uint32_t>(at - p.texts.begin()));
}

}  // namespace

event_counts::event_counts(const profile& p, std::size_t type) : p_(p), type_(type) {
  const std::string& name = p.text(p.types[type].type);
  const std::string prefix = name.substr(0, name.find('_') + 1);
  const auto objects = type_named(p, prefix + "objects");
  const auto space = type_named(p, prefix + "space");
  if (!prefix.empty() && objects && space) {
    way_ = way::heap;
    counts_ = *objects;
    space_ = *space;
    size_key_ = find_text(p, "bytes");
    kind_ = p.period == 1 ? kind::exact : p.period > 1 ? kind::sampled : kind::unknown;
    return;
  }
  const auto waits = type_named(p, "contentions");
  if (waits && (name == "contentions" || name == "delay")) {
    way_ = way::waits;
    counts_ = *waits;
    kind_ = kind::sampled;
    return;
  }
  std::optional<std::size_t> counted = type_named(p, "samples");
  if (is_count(p, type)) counted = type;
  for (std::size_t t = 0; t < p.types.size() && !counted; ++t)
    if (is_count(p, t)) counted = t;
  if (!counted) return;
  way_ = way::counted;
  counts_ = *counted;
  kind_ = kind::sampled;
}

double event_counts::heap_samples(std::size_t sample_index) const {
  const auto objects = static_cast<double>(p_.values_of(sample_index)[counts_]);
  const auto space = static_cast<double>(p_.values_of(sample_index)[space_]);
  double size = objects == 0 ? 0 : space / objects;
  if (size_key_ != no_text)
    for (const label& l : p_.labels_of(p_.samples[sample_index]))
      if (l.key == size_key_ && l.text == no_text && l.number > 0)
        size = static_cast<double>(l.number);
  return objects * -std::expm1(-std::fabs(size) / static_cast<double>(p_.period));
}

double event_counts::events_of(std::size_t sample_index) const {
  if (way_ == way::heap) return heap_samples(sample_index);
  const auto count = static_cast<double>(p_.values_of(sample_index)[counts_]);
  return way_ == way::waits && p_.period > 1 ? count / static_cast<double>(p_.period) : count;
}

double event_counts::variance_of(std::size_t sample_index) const {
  if (kind_ != kind::sampled) return 0;
  const auto value = static_cast<double>(p_.values_of(sample_index)[type_]);
  // A value without events comes from a writer that rounds: it was seen once at least.
  const double events = std::max(std::fabs(events_of(sample_index)), 1.0);
  const bool varies = way_ == way::waits && type_ != counts_;
  return value * value / events * (varies ? 2 : 1);
}

}  // namespace nevaperf::profiles
