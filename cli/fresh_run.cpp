#include "cli/fresh_run.hpp"

#include <unistd.h>

#include <utility>

#include "core/base/file.hpp"
#include "core/base/process.hpp"
#include "core/measure/selection.hpp"
#include "core/store/run_store.hpp"

namespace nevaperf::cli {

namespace {

base::result<std::vector<std::string>> names_to_measure(const model::run& earlier,
                                                        const std::vector<std::string>& filters) {
  std::vector<measure::selectable> known;
  for (const model::scenario& one : earlier.scenarios) known.push_back({one.name, one.tags});
  const auto places = measure::select_scenarios(known, filters);
  if (!places) return places.error().within("--filter");
  std::vector<std::string> names;
  for (const std::size_t place : *places) names.emplace_back(known[place].name);
  if (names.empty()) {
    return base::error{.what = "the baseline holds no scenario", .where = "", .next = ""};
  }
  return names;
}

}  // namespace

base::result<model::run> measure_again(const model::run& earlier, const fresh_options& options) {
  const auto names = names_to_measure(earlier, options.filters);
  if (!names) return names.error();
  const std::string out = options.state.root() + "/compare-" + std::to_string(::getpid()) + ".json";
  base::process_options how;
  how.argv = {"/proc/self/exe", "bench", "--dir", options.state.root(), "--out", out};
  if (options.quick) how.argv.emplace_back("--quick");
  if (!options.time.empty()) how.argv.insert(how.argv.end(), {"--time", options.time});
  how.argv.emplace_back("--");
  how.argv.insert(how.argv.end(), names->begin(), names->end());
  how.in = base::stream::null;
  how.out = base::stream::null;
  how.err = base::stream::inherit;
  how.own_group = false;  // Ctrl-C reaches it, and it ends in order
  auto bench = base::real_processes().start(how);
  if (!bench) return bench.error();
  const base::exit_report end = (*bench)->wait(base::forever);

  base::file_system& files = base::real_files();
  constexpr int failed_scenarios = 2;  // the run is there all the same
  const bool usable = end.signal == 0 && (end.status == 0 || end.status == failed_scenarios);
  if (!files.exists(out) || !usable) {
    if (files.exists(out)) (void)files.remove(out);
    return base::error{.what = "the measurement did not end: " + end.words(),
                       .where = "nevaperf bench",
                       .next = "its own message stands above"};
  }
  auto run = store::read_run_file(files, out);
  if (auto removed = files.remove(out); !removed) return removed.error();
  return run;
}

}  // namespace nevaperf::cli
