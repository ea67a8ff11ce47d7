#include "profiles/model/profile_builder.hpp"

#include <algorithm>
#include <utility>

namespace nevaperf::profiles {

namespace {

class hasher {
 public:
  hasher& mix(std::uint64_t value) {
    // The finisher of SplitMix64 (https://prng.di.unimi.it/splitmix64.c).
    value += hash_ + 0x9e3779b97f4a7c15U;
    value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
    hash_ = value ^ (value >> 31U);
    return *this;
  }
  hasher& mix_signed(std::int64_t value) { return mix(static_cast<std::uint64_t>(value)); }
  template <class Tag>
  hasher& mix(base::id<Tag> value) {
    return mix(value.index());
  }
  [[nodiscard]] std::size_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0;
};

std::size_t hash_of(const mapping& m) {
  return hasher().mix(m.start).mix(m.limit).mix(m.offset).mix(m.file).mix(m.build_id).value();
}

std::size_t hash_of(const function& f) {
  return hasher().mix(f.name).mix(f.system_name).mix(f.file).mix_signed(f.start_line).value();
}

std::size_t hash_of(const location& l) {
  hasher hash;
  hash.mix(l.map).mix(l.address);
  for (const line& each : l.lines) hash.mix(each.function).mix_signed(each.number);
  return hash.value();
}

std::size_t hash_of(std::span<const location_id> stack, std::span<const label> labels) {
  hasher hash;
  for (const location_id each : stack) hash.mix(each);
  for (const label& each : labels) hash.mix(each.key).mix(each.text).mix_signed(each.number);
  return hash.value();
}

// The index of the equal entry of the table, which is added if there is none.
template <class T, class Index>
std::uint32_t intern(std::vector<T>& table, Index& known, const T& value) {
  const std::size_t hash = hash_of(value);
  const auto [first, last] = known.equal_range(hash);
  for (auto at = first; at != last; ++at)
    if (table[at->second] == value) return at->second;
  const auto fresh = static_cast<std::uint32_t>(table.size());
  table.push_back(value);
  known.emplace(hash, fresh);
  return fresh;
}

}  // namespace

text_id profile_builder::text(std::string_view value) {
  const auto [at, fresh] =
      texts_.try_emplace(std::string(value), static_cast<std::uint32_t>(made_.texts.size()));
  if (fresh) made_.texts.emplace_back(value);
  return at->second;
}

value_type profile_builder::type(std::string_view type, std::string_view unit) {
  return {.type = text(type), .unit = text(unit)};
}

void profile_builder::add_type(std::string_view type, std::string_view unit) {
  made_.types.push_back(this->type(type, unit));
}

mapping_id profile_builder::add_mapping(const mapping& value) {
  return mapping_id(intern(made_.mappings, mappings_, value));
}

function_id profile_builder::add_function(const function& value) {
  return function_id(intern(made_.functions, functions_, value));
}

location_id profile_builder::add_location(const location& value) {
  return location_id(intern(made_.locations, locations_, value));
}

location_id profile_builder::add_named_location(std::string_view function_name) {
  const text_id name = text(function_name);
  const function_id id =
      add_function({.name = name, .system_name = name, .file = no_text, .start_line = 0});
  return add_location({.map = mapping_id::none(),
                       .address = 0,
                       .lines = {{.function = id, .number = 0, .column = 0}},
                       .folded = false});
}

void profile_builder::add_sample(std::span<const location_id> stack,
                                 std::span<const std::int64_t> values,
                                 std::span<const label> labels) {
  const std::size_t hash = hash_of(stack, labels);
  const auto [first, last] = samples_.equal_range(hash);
  for (auto at = first; at != last; ++at) {
    const sample& known = made_.samples[at->second];
    if (!std::ranges::equal(made_.stack_of(known), stack) ||
        !std::ranges::equal(made_.labels_of(known), labels))
      continue;
    std::int64_t* const sums = made_.values.data() + at->second * made_.types.size();
    for (std::size_t t = 0; t < values.size(); ++t) sums[t] = add_saturated(sums[t], values[t]);
    return;
  }
  samples_.emplace(hash, static_cast<std::uint32_t>(made_.samples.size()));
  made_.samples.push_back({.first_frame = static_cast<std::uint32_t>(made_.stacks.size()),
                           .frame_count = static_cast<std::uint32_t>(stack.size()),
                           .first_label = static_cast<std::uint32_t>(made_.labels.size()),
                           .label_count = static_cast<std::uint32_t>(labels.size())});
  made_.stacks.insert(made_.stacks.end(), stack.begin(), stack.end());
  made_.labels.insert(made_.labels.end(), labels.begin(), labels.end());
  made_.values.insert(made_.values.end(), values.begin(), values.end());
}

profile profile_builder::build() && {
  return std::move(made_);
}

}  // namespace nevaperf::profiles
