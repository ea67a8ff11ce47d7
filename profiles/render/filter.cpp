#include "profiles/render/filter.hpp"

#include <algorithm>
#include <memory>

#include "profiles/render/pattern.hpp"

namespace nevaperf::profiles {

namespace {

// For each location, whether the pattern is found there: a pattern is tried once for each function.
base::result<std::vector<bool>> locations_with(const profile& p, const std::string& text) {
  const auto wanted = pattern::make(text);
  if (!wanted) return wanted.error();
  std::vector<bool> functions;
  for (const function& f : p.functions)
    functions.push_back(wanted->found_in(p.text(f.name)) || wanted->found_in(p.text(f.file)));
  std::vector<bool> maps;
  for (const mapping& m : p.mappings) maps.push_back(wanted->found_in(p.text(m.file)));
  std::vector<bool> found;
  for (const location& at : p.locations)
    found.push_back((!at.map.is_none() && maps[at.map.index()]) ||
                    std::ranges::any_of(at.lines, [&](const line& l) {
                      return !l.function.is_none() && functions[l.function.index()];
                    }));
  return found;
}

struct label_pattern {
  std::string key;  // empty: any
  pattern value;
};

base::result<label_pattern> make_label_pattern(const std::string& text) {
  const std::size_t equals = text.find('=');
  const bool keyed = equals != std::string::npos;
  auto value = pattern::make(keyed ? text.substr(equals + 1) : text);
  if (!value) return value.error();
  return label_pattern{.key = keyed ? text.substr(0, equals) : "", .value = *value};
}

bool has_label(const profile& p, const sample& s, const label_pattern& wanted) {
  return std::ranges::any_of(p.labels_of(s), [&](const label& l) {
    if (!wanted.key.empty() && p.text(l.key) != wanted.key) return false;
    return wanted.value.found_in(l.text == no_text ? std::to_string(l.number) : p.text(l.text));
  });
}

void keep_only(profile& p, const std::vector<bool>& keep) {
  std::vector<sample> samples;
  std::vector<std::int64_t> values;
  for (std::size_t i = 0; i < keep.size(); ++i) {
    if (!keep[i]) continue;
    samples.push_back(p.samples[i]);
    const auto of_sample = p.values_of(i);
    values.insert(values.end(), of_sample.begin(), of_sample.end());
  }
  p.samples = std::move(samples);
  p.values = std::move(values);
}

}  // namespace

base::result<void> apply(const filter& wanted, profile& p) {
  std::vector<bool> keep(p.samples.size(), true);
  const auto by_frame = [&](const std::string& text, bool must_have) -> base::result<void> {
    const auto found = locations_with(p, text);
    if (!found) return found.error();
    for (std::size_t i = 0; i < keep.size(); ++i) {
      const bool has = std::ranges::any_of(p.stack_of(p.samples[i]),
                                           [&](location_id id) { return (*found)[id.index()]; });
      if (has != must_have) keep[i] = false;
    }
    return {};
  };
  const auto by_label = [&](const std::string& text, bool must_have) -> base::result<void> {
    const auto pattern = make_label_pattern(text);
    if (!pattern) return pattern.error();
    for (std::size_t i = 0; i < keep.size(); ++i)
      if (has_label(p, p.samples[i], *pattern) != must_have) keep[i] = false;
    return {};
  };
  for (const std::string& text : wanted.focus)
    if (auto done = by_frame(text, true); !done) return done;
  for (const std::string& text : wanted.ignore)
    if (auto done = by_frame(text, false); !done) return done;
  for (const std::string& text : wanted.tag_focus)
    if (auto done = by_label(text, true); !done) return done;
  for (const std::string& text : wanted.tag_ignore)
    if (auto done = by_label(text, false); !done) return done;
  keep_only(p, keep);
  return {};
}

}  // namespace nevaperf::profiles
