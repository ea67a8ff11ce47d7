#include "core/measure/paired_session.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>

#include "core/stats/signed_rank_interval.hpp"

namespace nevaperf::measure {

namespace {

using stats::place;

constexpr std::size_t least_control = 6;      // for a 95% interval
constexpr std::size_t least_to_convict = 11;  // for one of 99.9%
constexpr std::size_t pairs_to_know_cost = 3;

struct track {
  const paired_subject* what;
  paired_row row;
  std::optional<slice_plan> slices = std::nullopt;
  std::vector<std::size_t> looks = {};  // still to come, ascending; empty: not planned yet
  std::size_t seen = 0;                 // pairs at the last look
  std::int64_t spent_ns = 0;
  bool is_closed = false;
};

class session {
 public:
  session(std::span<const paired_subject> subjects, const paired_options& options,
          worker_world& world, const paired_progress& about_to_run)
      : options_(options),
        world_(world),
        about_to_run_(about_to_run),
        random_(options.seed),
        start_ns_(world.clock.monotonic_ns()) {
    stats::sequential_rules rules = options.rules;
    rules.family = subjects.size();
    for (const paired_subject& one : subjects) {
      tracks_.push_back({.what = &one,
                         .row = {.name = one.name,
                                 .old_seconds = {},
                                 .new_seconds = {},
                                 .log_ratios = {},
                                 .test = stats::sequential_test(rules),
                                 .failure = {}}});
    }
    rules_ = rules;
  }

  paired_result run() {
    while (!stopped() && (run_round() || widen_control())) {
    }
    for (track& t : tracks_) {
      if (t.row.log_ratios.size() > t.seen) look(t);
      result_.rows.push_back(std::move(t.row));
    }
    return std::move(result_);
  }

 private:
  bool run_round() {
    std::vector<track*> order;
    for (track& t : tracks_) {
      if (!t.is_closed) order.push_back(&t);
    }
    std::shuffle(order.begin(), order.end(), random_);
    bool ran = false;
    for (track* t : order) {
      if (stopped()) return ran;
      if (!has_time_for(*t)) {
        t->is_closed = true;
        result_.out_of_time = true;
        continue;
      }
      report_progress(*t);
      measure(*t);
      ran = true;
    }
    return ran;
  }

  // A first pair is tried even if nothing is known about its cost.
  [[nodiscard]] bool has_time_for(const track& t) const {
    return left_ns() > 0 && t.row.pair_ns <= left_ns();
  }

  void measure(track& t) {
    if (!t.slices) {
      auto planned = plan_slices(world_, t.what->name, t.what->old_command, chances_for(*t.what),
                                 options_.slice_ns);
      if (auto* failure = std::get_if<worker_failure>(&planned)) {
        return fail(t, {0, std::move(*failure)});
      }
      t.slices = std::get<slice_plan>(planned);
    }
    const std::int64_t start_ns = world_.clock.monotonic_ns();
    auto got = run_pair(world_, t.what->name, {&t.what->old_command, &t.what->new_command},
                        *t.slices, chances_for(*t.what));
    if (auto* failure = std::get_if<pair_failure>(&got)) return fail(t, std::move(*failure));
    const auto& [seconds] = std::get<pair_times>(got);
    t.row.old_seconds.push_back(seconds[0]);
    t.row.new_seconds.push_back(seconds[1]);
    t.row.log_ratios.push_back(std::log(seconds[1] / seconds[0]));
    const std::size_t pairs = t.row.log_ratios.size();
    if (options_.control_every > 0 && pairs % options_.control_every == 0) run_control(t);
    if (t.is_closed) return;
    t.spent_ns += world_.clock.monotonic_ns() - start_ns;
    t.row.pair_ns = t.spent_ns / static_cast<std::int64_t>(pairs);
    plan_and_look(t);
  }

  void run_control(track& t) {
    auto got = run_pair(world_, t.what->name, {&t.what->old_command, &t.what->old_command},
                        *t.slices, chances_for(*t.what));
    if (auto* failure = std::get_if<pair_failure>(&got)) {
      return fail(t, {0, std::move(failure->why)});
    }
    const auto& [seconds] = std::get<pair_times>(got);
    result_.control.push_back(std::log(seconds[1] / seconds[0]));
  }

  void plan_and_look(track& t) {
    const std::size_t pairs = t.row.log_ratios.size();
    if (t.looks.empty() && pairs >= std::min(pairs_to_know_cost, options_.most_pairs)) {
      t.looks = stats::plan_looks(rules_, most_pairs_of(t));
    }
    if (t.looks.empty() || pairs < t.looks.front()) return;
    t.looks.erase(t.looks.begin());
    look(t);
    t.is_closed = t.row.test.decision() != place::across || t.looks.empty();
  }

  void look(track& t) {
    t.seen = t.row.log_ratios.size();
    t.row.test.look(t.row.log_ratios);
  }

  // Twice its share of the time that is left: others may be decided early.
  [[nodiscard]] std::size_t most_pairs_of(const track& t) const {
    const auto open = static_cast<std::int64_t>(std::count_if(
        tracks_.begin(), tracks_.end(), [](const track& one) { return !one.is_closed; }));
    const std::int64_t share_ns = 2 * left_ns() / std::max<std::int64_t>(open, 1);
    const std::int64_t more = share_ns / std::max<std::int64_t>(t.row.pair_ns, 1);
    return std::clamp<std::size_t>(t.row.log_ratios.size() + static_cast<std::size_t>(more),
                                   t.row.log_ratios.size() + 1, options_.most_pairs);
  }

  // A change that the control does not confirm yet: more of the control may.
  bool widen_control() {
    if (options_.control_every == 0) return false;
    for (track& t : tracks_) {
      const place decided = t.row.test.decision();
      if (t.row.failure || (decided != place::above && decided != place::below)) continue;
      if (!has_time_for(t) || result_.control.size() >= options_.most_pairs) continue;
      const auto control = interval_of_control(result_.control);
      if (control && is_clear_of(*control, t.row.log_ratios)) continue;
      report_progress(t);
      run_control(t);
      return true;
    }
    return false;
  }

  void fail(track& t, pair_failure failure) {
    if (failure.why.interrupted) {
      result_.interrupted = true;
      return;
    }
    t.row.failure = std::move(failure);
    t.is_closed = true;
  }

  pair_chances chances_for(const paired_subject& what) {
    // The size of the environment moves the stack, and with it the luck of its alignment.
    constexpr std::size_t most_padding_bytes = 4096;
    pair_chances out;
    out.second_starts = random_() % 2 == 0;
    for (std::size_t& one : out.padding_bytes) one = random_() % most_padding_bytes;
    if (what.is_pinned && !options_.cpus.empty()) {
      out.cpu = options_.cpus[random_() % options_.cpus.size()];
    }
    return out;
  }

  bool stopped() {
    if (world_.stop_wanted && world_.stop_wanted()) result_.interrupted = true;
    return result_.interrupted;
  }

  [[nodiscard]] std::int64_t left_ns() const {
    return std::max<std::int64_t>(options_.budget_ns - (world_.clock.monotonic_ns() - start_ns_),
                                  0);
  }

  // What is left is at most what every open scenario takes up to its last look.
  void report_progress(const track& next) {
    if (!about_to_run_) return;
    session_progress now;
    now.scenario = next.what->name;
    for (const track& t : tracks_) {
      const std::size_t pairs = t.row.log_ratios.size();
      const std::size_t all = t.is_closed        ? pairs
                              : !t.looks.empty() ? t.looks.back()
                                                 : std::max(stats::first_look(rules_), pairs + 1);
      now.done += pairs;
      now.expected += all;
      now.remaining_ns += t.row.pair_ns * static_cast<std::int64_t>(all - pairs);
    }
    now.remaining_ns = now.remaining_ns == 0 ? left_ns() : std::min(now.remaining_ns, left_ns());
    about_to_run_(now);
  }

  const paired_options& options_;
  worker_world& world_;
  const paired_progress& about_to_run_;
  std::mt19937_64 random_;
  std::int64_t start_ns_;
  stats::sequential_rules rules_;
  std::vector<track> tracks_;
  paired_result result_;
};

}  // namespace

std::optional<control_interval> interval_of_control(std::span<const double> log_ratios) {
  if (log_ratios.size() < least_control) return std::nullopt;
  const auto usual = stats::interval_of_center(log_ratios, 0.95);
  control_interval out{usual->low, usual->high};
  if (log_ratios.size() >= least_to_convict) {
    const auto strict = stats::interval_of_center(log_ratios, 0.999);
    out.is_biased = strict->low > 0 || strict->high < 0;
  }
  return out;
}

bool is_clear_of(const control_interval& control, std::span<const double> log_ratios) {
  const auto row = stats::interval_of_center(log_ratios, 0.95);
  if (!row) return false;
  return row->low > std::max(control.high, 0.0) || row->high < std::min(control.low, 0.0);
}

paired_result run_paired_session(std::span<const paired_subject> subjects,
                                 const paired_options& options, worker_world& world,
                                 const paired_progress& about_to_run) {
  return session(subjects, options, world, about_to_run).run();
}

}  // namespace nevaperf::measure
