#include "core/measure/session.hpp"

#include <algorithm>
#include <random>
#include <utility>

#include "core/measure/allocation_counter.hpp"
#include "core/measure/find_iterations.hpp"
#include "core/measure/process_plan.hpp"
#include "core/measure/side_passes.hpp"
#include "core/stats/order_statistics.hpp"
#include "core/units/quantity.hpp"

namespace nevaperf::measure {

namespace {

using model::scenario_status;

double median_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return stats::median(values).value_or(0);
}

// Whether the instructions were counted, or cannot be.
bool is_counted(const model::process_result& result) {
  return result.values.contains(units::instructions_per_op) ||
         std::any_of(result.warnings.begin(), result.warnings.end(),
                     [](const model::warning& one) { return one.code == no_instructions; });
}

// One scenario on its way through the session.
struct track {
  const subject* what;
  std::uint32_t next_process = 0;
  std::uint64_t iterations = 0;  // of a slice; 0: not probed yet
  std::uint32_t slices = 1;
  std::int64_t cost_ns = 0;  // of its last process
  std::vector<double> samples = {};
  model::process_result counts = {};  // for the next result
  bool has_instructions = false;
  bool failed = false;
};

class session {
 public:
  session(std::span<const subject> subjects, const session_options& options, worker_world& world,
          session_observer& observer)
      : options_(options),
        world_(world),
        observer_(observer),
        random_(options.seed),
        start_ns_(world.clock.monotonic_ns()) {
    for (const subject& one : subjects) tracks_.push_back({.what = &one});
  }

  void take_earlier(std::vector<model::process_result> earlier) {
    for (model::process_result& one : earlier) {
      for (track& t : tracks_) {
        if (t.what->name == one.scenario) count_in(t, one);
      }
    }
    result_.processes = std::move(earlier);
  }

  session_result run() {
    while (!result_.interrupted && run_round()) {
    }
    return std::move(result_);
  }

 private:
  // False: nothing is left to do, or no time.
  bool run_round() {
    std::vector<track*> order;
    for (track& t : tracks_) {
      if (wants_more(t)) order.push_back(&t);
    }
    std::shuffle(order.begin(), order.end(), random_);
    bool ran = false;
    for (track* t : order) {
      if (stopped()) break;
      // Without any sample a scenario would have no result at all.
      if (!t->samples.empty() && spent_ns() + t->cost_ns > options_.budget_ns) {
        result_.out_of_time = true;
        continue;
      }
      report_progress(*t);
      measure(*t);
      ran = true;
    }
    return ran;
  }

  void measure(track& t) {
    model::process_result result;
    result.scenario = t.what->name;
    result.process = t.next_process;
    std::optional<worker_failure> failure;
    if (t.iterations == 0) failure = probe(t);
    if (!failure && !options_.instructions_folder.empty() && !t.has_instructions) {
      failure = measure::count_instructions(world_, *t.what, options_.instructions_folder,
                                            iterations_for_counting(t.iterations), t.counts);
    }
    const std::int64_t start_ns = world_.clock.monotonic_ns();
    if (!failure) failure = run_process(t, result);
    if (failure && failure->interrupted) {
      result_.interrupted = true;
      return;
    }
    if (failure) {
      result.status = failure->status;
      result.failure = failure->why;
    }
    t.cost_ns = world_.clock.monotonic_ns() - start_ns;
    result.values.merge(t.counts.values);
    result.warnings.insert(result.warnings.end(), t.counts.warnings.begin(),
                           t.counts.warnings.end());
    t.counts = {};
    count_in(t, result);
    if (auto recorded = observer_.finished(result); !recorded && !result_.record_error) {
      result_.record_error = recorded.error();
    }
    result_.processes.push_back(std::move(result));
  }

  // Finds the iterations of a slice and counts allocations.
  std::optional<worker_failure> probe(track& t) {
    auto started = start_worker(t, counting_environment());
    if (auto* failure = std::get_if<worker_failure>(&started)) return *failure;
    auto& worker = std::get<worker_link>(started);

    auto found = find_iterations(worker, options_.slice_ns);
    if (auto* failure = std::get_if<worker_failure>(&found)) return *failure;
    const auto& [iterations, slice_ns] = std::get<found_iterations>(found);
    t.slices = slices_of_process(slice_ns, options_.process_ns);

    if (auto failure = count_allocations(worker, iterations_for_counting(iterations), t.counts)) {
      return failure;
    }
    auto ended = worker.finish();
    if (auto* failure = std::get_if<worker_failure>(&ended)) return *failure;
    t.iterations = iterations;
    return std::nullopt;
  }

  std::optional<worker_failure> run_process(track& t, model::process_result& result) {
    auto started = start_worker(t, {});
    if (auto* failure = std::get_if<worker_failure>(&started)) return *failure;
    auto& worker = std::get<worker_link>(started);
    for (std::uint32_t i = 0; i <= t.slices; ++i) {
      auto got = worker.run(t.iterations);
      if (auto* failure = std::get_if<worker_failure>(&got)) return *failure;
      if (i == 0) continue;  // warm-up
      const slice& measured = std::get<worker_link::timed_slice>(got).measured;
      const auto operations = static_cast<double>(measured.iterations);
      result.values[units::sec_per_op].push_back(measured.real_seconds / operations);
      if (measured.cpu_seconds) {
        result.values[units::cpu_sec_per_op].push_back(*measured.cpu_seconds / operations);
      }
      if (measured.items && measured.real_seconds > 0) {
        result.values[units::messages_per_s].push_back(*measured.items / measured.real_seconds);
      }
    }
    if (auto failure = look_at_usage(worker, t.iterations, result)) return failure;
    auto ended = worker.finish();
    if (auto* failure = std::get_if<worker_failure>(&ended)) return *failure;
    return std::nullopt;
  }

  using variables = std::vector<std::pair<std::string, std::string>>;

  worker_result<worker_link> start_worker(const track& t, variables environment) {
    base::process_options process;
    process.argv = t.what->command;
    // The size of the environment moves the stack, and with it the luck of its alignment.
    constexpr std::size_t most_padding_bytes = 4096;
    environment.emplace_back("NEVAPERF_PADDING", std::string(random_() % most_padding_bytes, '.'));
    process.environment = std::move(environment);
    if (t.what->is_pinned && !options_.cpus.empty()) {
      process.cpu = options_.cpus[random_() % options_.cpus.size()];
    }
    return worker_link::start(world_, process, t.what->name);
  }

  void count_in(track& t, const model::process_result& result) {
    t.next_process = std::max(t.next_process, result.process + 1);
    if (result.status != scenario_status::ok) t.failed = true;
    t.has_instructions = t.has_instructions || is_counted(result);
    const auto times = result.values.find(units::sec_per_op);
    if (result.status == scenario_status::ok && times != result.values.end()) {
      t.samples.push_back(median_of(times->second));
    }
  }

  [[nodiscard]] std::uint32_t needed(const track& t) const {
    const precision_goal goal{options_.precision, options_.least_processes,
                              options_.most_processes};
    return t.failed ? static_cast<std::uint32_t>(t.samples.size())
                    : processes_needed(t.samples, goal);
  }
  [[nodiscard]] bool wants_more(const track& t) const { return needed(t) > t.samples.size(); }

  bool stopped() {
    if (world_.stop_wanted && world_.stop_wanted()) result_.interrupted = true;
    return result_.interrupted;
  }

  [[nodiscard]] std::int64_t spent_ns() const { return world_.clock.monotonic_ns() - start_ns_; }

  void report_progress(const track& next) {
    session_progress now;
    now.scenario = next.what->name;
    // Scenarios without a process yet are taken to cost what the others cost.
    std::int64_t known_ns = 0;
    std::int64_t known = 0;
    for (const track& t : tracks_) {
      known_ns += t.cost_ns;
      known += t.cost_ns > 0 ? 1 : 0;
    }
    for (const track& t : tracks_) {
      const std::uint32_t all = needed(t);
      now.done += t.samples.size();
      now.expected += all;
      const std::int64_t cost_ns = t.cost_ns > 0 || known == 0 ? t.cost_ns : known_ns / known;
      now.remaining_ns += cost_ns * (all - static_cast<std::int64_t>(t.samples.size()));
    }
    const std::int64_t left_ns = std::max<std::int64_t>(options_.budget_ns - spent_ns(), 0);
    now.remaining_ns = known == 0 ? left_ns : std::min(now.remaining_ns, left_ns);
    observer_.about_to_run(now);
  }

  const session_options& options_;
  worker_world& world_;
  session_observer& observer_;
  std::mt19937_64 random_;
  std::int64_t start_ns_;
  std::vector<track> tracks_;
  session_result result_;
};

}  // namespace

session_result run_session(std::span<const subject> subjects, const session_options& options,
                           worker_world& world, session_observer& observer,
                           std::vector<model::process_result> earlier) {
  session one(subjects, options, world, observer);
  one.take_earlier(std::move(earlier));
  return one.run();
}

}  // namespace nevaperf::measure
