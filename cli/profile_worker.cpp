#include "cli/profile_worker.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/profile_kinds.hpp"
#include "core/base/clock.hpp"
#include "core/base/file.hpp"
#include "core/measure/calibration.hpp"
#include "core/measure/slice_runner.hpp"

namespace nevaperf::cli {

namespace {

constexpr const char* work_file = "/work.json";
// Long enough to know how fast the scenario is, and to warm it up.
constexpr double calibration_seconds = 0.1;

double wall_seconds() {
  return static_cast<double>(base::system_clock().monotonic_ns()) * 1e-9;
}

// How many iterations make the wanted time.
base::result<std::uint64_t> calibrate(measure::slice_runner& runner, double wanted_seconds) {
  measure::trial last;
  while (true) {
    const double start = wall_seconds();
    const auto slice = runner.run(last.iterations);
    if (!slice) return slice.error();
    last.wall_seconds = wall_seconds() - start;
    last.real_seconds = slice->real_seconds;
    const auto next = measure::next_trial(last, std::min(calibration_seconds, wanted_seconds));
    if (next.done) break;
    last.iterations = next.iterations;
  }
  const double each = std::max(last.wall_seconds / static_cast<double>(last.iterations), 1e-9);
  return static_cast<std::uint64_t>(std::max(1.0, wanted_seconds / each));
}

}  // namespace

std::vector<std::string> words_of(const profile_job& job) {
  return {"--profile",         job.kind,
          "--profile-seconds", std::to_string(job.seconds),
          "--profile-folder",  job.plan.folder,
          "--profile-rate",    std::to_string(job.plan.rate_hz),
          "--profile-bytes",   std::to_string(job.plan.alloc_bytes)};
}

base::result<void> run_profiled(const measure::scenario& what, const profile_job& job) {
  const auto kinds = parse_profile_kinds(job.kind);
  if (!kinds) return kinds.error();
  measure::slice_runner runner(what);
  const auto iterations = calibrate(runner, job.seconds);
  if (!iterations) return iterations.error().within(what.name);
  const auto collector = kinds->front()->collect(job.plan);
  if (auto started = collector->start(); !started) return started;
  const auto done = runner.run(*iterations);
  if (auto stopped = collector->stop(); !stopped) return stopped;
  if (!done) return done.error().within(what.name);
  const nlohmann::json work{{"operations", done->iterations}, {"seconds", done->real_seconds}};
  return base::real_files().write_atomic(job.plan.folder + work_file, work.dump());
}

std::optional<profiled_work> read_work(const std::string& folder) {
  const auto text = base::real_files().read(folder + work_file);
  if (!text) return std::nullopt;
  const auto work = nlohmann::json::parse(*text, nullptr, false);
  if (!work.is_object()) return std::nullopt;
  return profiled_work{.operations = work.value("operations", std::int64_t{0}),
                       .seconds = work.value("seconds", 0.0)};
}

}  // namespace nevaperf::cli
