#include "profiles/diff/aligned.hpp"

#include <algorithm>
#include <unordered_map>

#include "profiles/model/notes.hpp"

namespace nevaperf::profiles {

namespace {

using frame_index = std::unordered_map<std::string, std::uint32_t>;

aligned_run align_one(const profile& p, std::size_t type, std::vector<frame>& frames,
                      frame_index& known) {
  aligned_run made{.data = &p, .type = type, .view = make_stack_view(p, type), .frame_from = {}};
  made.frame_from.reserve(made.view.frames.size());
  for (frame& f : made.view.frames) {
    const auto [at, fresh] = known.try_emplace(f.name, static_cast<std::uint32_t>(frames.size()));
    if (fresh) frames.push_back(std::move(f));
    made.frame_from.push_back(at->second);
  }
  made.view.frames.clear();
  return made;
}

base::result<void> set_factor(aligned_run& run, basis by, double old_total,
                              const std::string& name) {
  if (by == basis::operations) {
    const auto operations = operations_of(*run.data);
    if (!operations)
      return base::error{
          .what = "it does not say how many operations were done",
          .where = name,
          .next = "normalise by total, or add a comment '" + note_text(operations_note, "N'")};
    run.factor = 1 / static_cast<double>(*operations);
  } else if (by == basis::total) {
    if (run.view.total <= 0)
      return base::error{.what = "its total is not above 0, so nothing can be a share of it",
                         .where = name,
                         .next = "record for longer, or normalise by none"};
    run.factor = old_total / static_cast<double>(run.view.total);
  }
  return {};
}

}  // namespace

const char* to_text(basis b) {
  switch (b) {
    case basis::operations:
      return "operations";
    case basis::total:
      return "total";
    case basis::recorded:
      break;
  }
  return "none";
}

base::result<aligned_sides> align(std::span<const named_profile> old_side,
                                  std::span<const named_profile> new_side,
                                  const chosen_types& types, std::optional<basis> by) {
  const auto counted = [](const named_profile& p) { return operations_of(p.data).has_value(); };
  aligned_sides made;
  made.by =
      by.value_or(std::ranges::all_of(old_side, counted) && std::ranges::all_of(new_side, counted)
                      ? basis::operations
                      : basis::total);
  frame_index known;
  double old_total = 0;
  for (std::size_t i = 0; i < old_side.size(); ++i) {
    made.old_runs.push_back(align_one(old_side[i].data, types.of_old[i], made.frames, known));
    old_total += static_cast<double>(made.old_runs.back().view.total);
  }
  for (std::size_t i = 0; i < new_side.size(); ++i)
    made.new_runs.push_back(align_one(new_side[i].data, types.of_new[i], made.frames, known));
  old_total /= static_cast<double>(old_side.size());
  for (std::size_t i = 0; i < old_side.size(); ++i)
    if (auto set = set_factor(made.old_runs[i], made.by, old_total, old_side[i].name); !set)
      return set.error();
  for (std::size_t i = 0; i < new_side.size(); ++i)
    if (auto set = set_factor(made.new_runs[i], made.by, old_total, new_side[i].name); !set)
      return set.error();
  made.type = made.old_runs.front().view.type;
  made.unit = made.old_runs.front().view.unit;
  return made;
}

}  // namespace nevaperf::profiles
