#include "cli/criterion_folder.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "core/formats/criterion_json.hpp"

namespace nevaperf::cli {

namespace {

namespace fs = std::filesystem;

// `folder` holds estimates.json; its parent is named after the benchmark.
base::result<formats::recorded_scenario> read_benchmark(const base::file_system& files,
                                                        const fs::path& folder,
                                                        const std::string& fallback_name) {
  formats::criterion_files texts;
  texts.fallback_name = fallback_name;
  for (const auto& [name, into] : {std::pair("estimates.json", &texts.estimates),
                                   {"sample.json", &texts.sample},
                                   {"benchmark.json", &texts.benchmark}}) {
    const std::string path = (folder / name).string();
    if (!files.exists(path)) continue;
    auto text = files.read(path);
    if (!text) return text.error();
    *into = *std::move(text);
  }
  auto out = formats::read_criterion_benchmark(texts);
  if (!out) return out.error().within(folder.string());
  return out;
}

}  // namespace

base::result<formats::recording> read_criterion_folder(const base::file_system& files,
                                                       const std::string& folder) {
  std::error_code failed;
  std::vector<fs::path> found;
  auto at = fs::recursive_directory_iterator(folder, failed);
  for (; !failed && at != fs::recursive_directory_iterator(); at.increment(failed)) {
    if (at.depth() > 32) at.disable_recursion_pending();
    const fs::path& path = at->path();
    if (path.filename() == "estimates.json" && path.parent_path().filename() == "new") {
      found.push_back(path.parent_path());
    }
  }
  if (failed) {
    return base::error{.what = "cannot read the folder: " + failed.message(),
                       .where = folder,
                       .next = "check its permissions"};
  }
  if (found.empty()) {
    return base::error{.what = "a folder without results of criterion",
                       .where = folder,
                       .next = "give a file, or the folder target/criterion"};
  }
  std::sort(found.begin(), found.end());
  std::vector<formats::recorded_scenario> scenarios;
  for (const fs::path& one : found) {
    std::error_code ignored;
    auto scenario =
        read_benchmark(files, one, fs::relative(one.parent_path(), folder, ignored).string());
    if (!scenario) return scenario.error();
    scenarios.push_back(*std::move(scenario));
  }
  return formats::criterion_recording(std::move(scenarios));
}

base::result<formats::recording> read_criterion_file(const base::file_system& files,
                                                     const std::string& path) {
  std::error_code ignored;
  const fs::path folder = fs::absolute(path, ignored).parent_path();
  auto scenario =
      read_benchmark(files, fs::path(path).parent_path(), folder.parent_path().filename().string());
  if (!scenario) return scenario.error();
  std::vector<formats::recorded_scenario> one;
  one.push_back(*std::move(scenario));
  return formats::criterion_recording(std::move(one));
}

}  // namespace nevaperf::cli
