#include "cli/bench_start.hpp"

#include <random>
#include <utility>

#include "core/base/clock.hpp"
#include "core/measure/machine.hpp"
#include "core/store/run_store.hpp"

namespace nevaperf::cli {

namespace {

std::vector<std::string> names_of(const std::vector<measure::subject>& subjects) {
  std::vector<std::string> names;
  for (const measure::subject& one : subjects) names.push_back(one.name);
  return names;
}

// What differs between the machine and build of now and those of then; empty: nothing that counts.
std::string difference(const model::environment& then, const model::environment& now) {
  const model::environment before = model::lasting_part(then);
  const model::environment after = model::lasting_part(now);
  std::string found;
  model::for_each_field(before, after, [&](const char* name, const auto& one, const auto& other) {
    if (found.empty() && one != other) found = name;
  });
  return found;
}

base::error cannot_resume(const std::string& where, const std::string& why) {
  return {.what = "cannot go on with this run: " + why,
          .where = where,
          .next = "start a new one, without --resume"};
}

}  // namespace

base::result<bench_start> begin_bench(base::file_system& files, const bench_options& options) {
  auto plan = plan_bench(options);
  if (!plan) return plan.error();
  const std::int64_t now_ns = base::system_clock().wall_ns();
  const model::run_plan planned{.id = store::make_run_id(now_ns, std::random_device()()),
                                .created = base::rfc3339(now_ns),
                                .tool = NEVAPERF_VERSION,
                                .arguments = bench_words(options, plan->session.seed),
                                .scenarios = names_of(plan->subjects),
                                .environment = measure::describe_machine(files)};
  auto journal = store::journal::begin(files, plan->state.journal_file(planned.id), planned);
  if (!journal) return journal.error();
  return bench_start{*std::move(plan), planned, *std::move(journal), {}, {}};
}

base::result<bench_start> resume_bench(base::file_system& files, const bench_options& options) {
  if (!options.filters.empty() || !options.programs.empty() || !options.targets.empty() ||
      options.quick || options.thorough || options.instructions || !options.time.empty() ||
      !options.seed.empty() || !options.precision.empty()) {
    return base::error{
        .what = "what to measure is what the interrupted run had",
        .where = "--resume",
        .next =
            "give it without filters, --program, --target, --quick, --thorough, --time, "
            "--target-precision, --instructions and --seed"};
  }
  const store::state_dir state = state_dir_of(options);
  const auto newest = store::newest_journal(files, state.runs());
  if (!newest) return newest.error();
  if (!*newest) {
    return base::error{.what = "no run was interrupted here",
                       .where = state.runs(),
                       .next = "start one: nevaperf bench"};
  }
  auto resumed = store::resume_journal(files, **newest);
  if (!resumed) return resumed.error();
  store::journal_content& content = resumed->content;

  auto words = parse_bench_words(content.plan.arguments);
  if (!words) return words.error().within(**newest);
  words->dir = options.dir;
  if (!options.format.empty()) words->format = options.format;
  if (!options.save.empty()) words->save = options.save;
  if (!options.out.empty()) words->out = options.out;
  if (!options.timeout.empty()) words->timeout = options.timeout;
  auto plan = plan_bench(*words);
  if (!plan) return plan.error().within(**newest);
  if (names_of(plan->subjects) != content.plan.scenarios) {
    return cannot_resume(**newest, "the scenarios have changed");
  }
  const std::string changed =
      difference(content.plan.environment, measure::describe_machine(files));
  if (!changed.empty()) return cannot_resume(**newest, "another " + changed + " now");
  bench_start out{*std::move(plan),
                  std::move(content.plan),
                  std::move(resumed->going_on),
                  std::move(content.results),
                  {}};
  if (content.torn) out.warnings.push_back(*content.torn);
  return out;
}

}  // namespace nevaperf::cli
