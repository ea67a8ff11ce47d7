#include "profiles/diff/difference.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/stats/multiplicity.hpp"
#include "profiles/diff/event_counts.hpp"

namespace nevaperf::profiles {

namespace {

struct function_sums {
  run_sums flat;
  run_sums cumulative;
};

struct side_sums {
  std::vector<function_sums> functions;
  run_sums total;
  double recorded = 0;  // mean total
  bool knows_events = true;
};

// What one run adds to its functions.
class run_adder {
 public:
  explicit run_adder(std::size_t functions)
      : flat_(functions), cumulative_(functions), seen_(functions) {}

  void add(const aligned_run& run, side_sums& to) {
    std::ranges::fill(flat_, sampled_value{});
    std::ranges::fill(cumulative_, sampled_value{});
    std::ranges::fill(seen_, 0);
    const event_counts events(*run.data, run.type);
    to.knows_events = to.knows_events && events.what() != event_counts::kind::unknown;
    sampled_value total;
    for (std::size_t i = 0; i < run.view.stacks.size(); ++i) {
      const view_stack& s = run.view.stacks[i];
      const double value = static_cast<double>(s.value) * run.factor;
      const double variance = events.variance_of(s.sample) * run.factor * run.factor;
      const auto grow = [&](sampled_value& one) {
        one.value += value;
        one.variance += variance;
      };
      grow(total);
      const auto calls = run.view.calls_of(s);
      for (const std::uint32_t call : calls) {
        const std::uint32_t frame = run.frame_from[call];
        if (seen_[frame] == i + 1) continue;
        seen_[frame] = i + 1;
        grow(cumulative_[frame]);
      }
      if (!calls.empty()) grow(flat_[run.frame_from[calls.back()]]);
    }
    to.total.add(total.value, total.variance);
    for (std::size_t f = 0; f < flat_.size(); ++f) {
      to.functions[f].flat.add(flat_[f].value, flat_[f].variance);
      to.functions[f].cumulative.add(cumulative_[f].value, cumulative_[f].variance);
    }
  }

 private:
  std::vector<sampled_value> flat_;
  std::vector<sampled_value> cumulative_;
  std::vector<std::size_t> seen_;  // the number of the last stack with it
};

side_sums sums_of(const std::vector<aligned_run>& runs, std::size_t functions) {
  side_sums made;
  made.functions.resize(functions);
  run_adder adder(functions);
  for (const aligned_run& run : runs) {
    adder.add(run, made);
    made.recorded += static_cast<double>(run.view.total) / static_cast<double>(runs.size());
  }
  return made;
}

// Compares values of one kind with one method.
class comparer {
 public:
  comparer(bounds_from bounds, double confidence, double weight)
      : bounds_(bounds), confidence_(confidence), weight_(weight) {}

  [[nodiscard]] compared_value compare(const run_sums& before, const run_sums& after) const {
    compared_value made{.old_value = before.mean(), .new_value = after.mean(), .by = {}};
    if (bounds_ == bounds_from::runs) {
      made.by = change_of_runs(before, after, confidence_);
    } else if (bounds_ == bounds_from::counts) {
      made.by = change_of_counts(mean_of(before), mean_of(after), weight_, confidence_);
    } else {
      made.by.change = made.new_value - made.old_value;
      made.by.p = made.by.change == 0 ? 1 : 0;
    }
    return made;
  }

 private:
  static sampled_value mean_of(const run_sums& side) {
    const auto n = static_cast<double>(side.runs);
    return {.value = side.mean(), .variance = side.variance / (n * n)};
  }

  bounds_from bounds_;
  double confidence_;
  double weight_;
};

double weight_of(const side_sums& side) {
  return side.total.sum > 0 ? side.total.variance / side.total.sum : 0;
}

bool same_as_cumulative(const function_difference& f) {
  return f.flat.old_value == f.cumulative.old_value && f.flat.new_value == f.cumulative.new_value;
}

// Adjusts the p-values of all functions together; a value that is tested twice counts once.
void adjust(difference& d) {
  std::vector<compared_value*> tested;
  if (d.by != basis::total) tested.push_back(&d.total);
  for (function_difference& f : d.functions) {
    tested.push_back(&f.cumulative);
    const bool has_flat = f.flat.old_value != 0 || f.flat.new_value != 0;
    if (has_flat && !same_as_cumulative(f)) tested.push_back(&f.flat);
  }
  std::vector<double> p;
  p.reserve(tested.size());
  for (const compared_value* each : tested) p.push_back(each->by.p);
  const std::vector<double> adjusted = stats::benjamini_hochberg(p);
  for (std::size_t i = 0; i < tested.size(); ++i) {
    tested[i]->by.p = adjusted[i];
    tested[i]->is_change = adjusted[i] <= 1 - d.confidence;
  }
  for (function_difference& f : d.functions)
    if (same_as_cumulative(f)) f.flat = f.cumulative;
}

double size_of_change(const function_difference& f) {
  if (f.flat.is_change) return std::fabs(f.flat.by.change);
  return f.cumulative.is_change ? std::fabs(f.cumulative.by.change) : 0;
}

void sort(std::vector<function_difference>& functions) {
  std::ranges::stable_sort(functions, [](const auto& a, const auto& b) {
    const auto key = [](const function_difference& f) {
      return std::tuple(f.flat.is_change, f.is_change(), size_of_change(f),
                        std::fabs(f.flat.by.change));
    };
    return key(a) > key(b);
  });
}

void add_doubts(difference& d, bool is_exact) {
  if (d.bounds == bounds_from::counts && !is_exact)
    d.doubts.push_back({.code = "one-run",
                        .text = "the bounds hold for the sampling alone: with one profile a side "
                                "nothing tells how much runs differ",
                        .next = "give several profiles of each side: --old F --old F --new F ..."});
  if (d.bounds == bounds_from::nothing)
    d.doubts.push_back({.code = "no-bounds",
                        .text = "the profiles do not tell how many samples they hold: there are no "
                                "bounds, every difference is shown",
                        .next = "give several profiles of each side: --old F --old F --new F ..."});
}

}  // namespace

std::size_t difference::changes() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(functions, [](const auto& f) { return f.is_change(); }));
}

difference find_difference(const aligned_sides& sides, double confidence) {
  const side_sums before = sums_of(sides.old_runs, sides.frames.size());
  const side_sums after = sums_of(sides.new_runs, sides.frames.size());
  difference made;
  made.type = sides.type;
  made.unit = sides.unit;
  made.by = sides.by;
  made.confidence = confidence;
  made.old_runs = sides.old_runs.size();
  made.new_runs = sides.new_runs.size();
  made.old_recorded = before.recorded;
  made.new_recorded = after.recorded;
  if (made.old_runs > 1 && made.new_runs > 1)
    made.bounds = bounds_from::runs;
  else if (!before.knows_events || !after.knows_events)
    made.bounds = bounds_from::nothing;

  const comparer compare(made.bounds, confidence, std::max(weight_of(before), weight_of(after)));
  made.total = compare.compare(before.total, after.total);
  for (std::size_t f = 0; f < sides.frames.size(); ++f) {
    const function_sums& a = before.functions[f];
    const function_sums& b = after.functions[f];
    made.functions.push_back({.function = sides.frames[f],
                              .flat = compare.compare(a.flat, b.flat),
                              .cumulative = compare.compare(a.cumulative, b.cumulative)});
  }
  adjust(made);
  sort(made.functions);
  add_doubts(made, before.total.variance <= 0 && after.total.variance <= 0);
  return made;
}

std::optional<growth> largest_growth(const difference& d) {
  std::optional<growth> largest;
  const auto consider = [&](const compared_value& value, const std::string& function) {
    if (!value.is_change || value.by.change <= 0) return;
    // Beside nothing every growth is endless.
    const double share = d.total.old_value > 0 ? value.by.change / d.total.old_value : INFINITY;
    if (!largest || share > largest->share) largest = growth{.function = function, .share = share};
  };
  if (d.by != basis::total) consider(d.total, "");
  for (const function_difference& f : d.functions) {
    consider(f.flat, f.function.name);
    consider(f.cumulative, f.function.name);
  }
  return largest;
}

}  // namespace nevaperf::profiles
