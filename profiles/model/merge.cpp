#include "profiles/model/merge.hpp"

#include <algorithm>
#include <utility>

#include "profiles/model/profile_builder.hpp"

namespace nevaperf::profiles {

namespace {

bool same_type(const profile& a, value_type x, const profile& b, value_type y) {
  return a.text(x.type) == b.text(y.type) && a.text(x.unit) == b.text(y.unit);
}

// Adds one profile to the builder: its ids are translated table by table.
class adder {
 public:
  adder(profile_builder& to, const profile& from) : to_(to), from_(from) {
    texts_.reserve(from.texts.size());
    for (const std::string& each : from.texts) texts_.push_back(to.text(each));
  }

  void add() {
    add_tables();
    std::vector<location_id> stack;
    std::vector<label> labels;
    for (std::size_t i = 0; i < from_.samples.size(); ++i) {
      stack.clear();
      labels.clear();
      for (const location_id id : from_.stack_of(from_.samples[i]))
        stack.push_back(locations_[id.index()]);
      for (const label& l : from_.labels_of(from_.samples[i]))
        labels.push_back({.key = moved(l.key),
                          .text = moved(l.text),
                          .number = l.number,
                          .unit = moved(l.unit)});
      to_.add_sample(stack, from_.values_of(i), labels);
    }
  }

  [[nodiscard]] text_id moved(text_id id) const { return texts_[id.index()]; }

 private:
  void add_tables() {
    for (mapping m : from_.mappings) {
      m.file = moved(m.file);
      m.build_id = moved(m.build_id);
      mappings_.push_back(to_.add_mapping(m));
    }
    for (function f : from_.functions) {
      f.name = moved(f.name);
      f.system_name = moved(f.system_name);
      f.file = moved(f.file);
      functions_.push_back(to_.add_function(f));
    }
    for (location l : from_.locations) {
      if (!l.map.is_none()) l.map = mappings_[l.map.index()];
      for (line& each : l.lines)
        if (!each.function.is_none()) each.function = functions_[each.function.index()];
      locations_.push_back(to_.add_location(l));
    }
  }

  profile_builder& to_;
  const profile& from_;
  std::vector<text_id> texts_;
  std::vector<mapping_id> mappings_;
  std::vector<function_id> functions_;
  std::vector<location_id> locations_;
};

void merge_header(profile& to, const profile& from, const adder& ids) {
  if (from.time_ns != 0 && (to.time_ns == 0 || from.time_ns < to.time_ns))
    to.time_ns = from.time_ns;
  to.duration_ns = add_saturated(to.duration_ns, from.duration_ns);
  for (const text_id comment : from.comments)
    if (std::ranges::find(to.comments, ids.moved(comment)) == to.comments.end())
      to.comments.push_back(ids.moved(comment));
}

}  // namespace

bool same_types(const profile& a, const profile& b) {
  return std::ranges::equal(a.types, b.types,
                            [&](value_type x, value_type y) { return same_type(a, x, b, y); });
}

base::result<profile> merge(std::span<const profile> all) {
  profile_builder made;
  const profile& first = all.front();
  for (const value_type type : first.types)
    made.add_type(first.text(type.type), first.text(type.unit));
  for (std::size_t i = 0; i < all.size(); ++i) {
    const profile& each = all[i];
    if (!same_types(first, each))
      return base::error{.what = "its sample types differ from those of the first",
                         .where = "profile " + std::to_string(i + 1),
                         .next = "merge profiles of one kind"};
    adder ids(made, each);
    ids.add();
    profile& header = made.header();
    if (i == 0) {
      header.period_type = {ids.moved(each.period_type.type), ids.moved(each.period_type.unit)};
      header.period = each.period;
      header.default_type = ids.moved(each.default_type);
      header.drop_frames = ids.moved(each.drop_frames);
      header.keep_frames = ids.moved(each.keep_frames);
      header.doc_url = ids.moved(each.doc_url);
    }
    merge_header(header, each, ids);
  }
  return std::move(made).build();
}

}  // namespace nevaperf::profiles
