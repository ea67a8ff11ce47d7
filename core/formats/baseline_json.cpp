#include "core/formats/baseline_json.hpp"

#include <nlohmann/json.hpp>

#include "core/formats/model_json.hpp"
#include "core/formats/run_json.hpp"

namespace nevaperf::formats {

base::result<std::string> write_baseline(const baseline& data) {
  auto run = write_run(data.run);
  if (!run) return run.error();
  std::string out = "{\"schema\":" + compact(baseline_schema) + ",\n";
  out += "\"name\":" + compact(data.name) + ",\n";
  out += "\"saved\":" + compact(data.saved) + ",\n";
  if (!data.profiles.empty()) {
    nlohmann::ordered_json profiles = nlohmann::ordered_json::array();
    for (const kept_profile& one : data.profiles) {
      profiles.push_back({{"name", one.name}, {"file", one.file}});
    }
    out += "\"profiles\":" + compact(profiles) + ",\n";
  }
  out += "\"run\":" + *run + "}\n";
  return out;
}

base::result<baseline> read_baseline(std::string_view text) {
  const auto document = parse_json(text);
  if (!document) return document.error();
  std::optional<base::error> problem;
  const json_cursor root(*document, problem);
  expect_schema(root, baseline_schema);
  baseline out;
  out.name = root.member("name").text();
  out.saved = root.member("saved").text();
  if (const auto profiles = root.maybe("profiles")) {
    profiles->each([&](const json_cursor& one) {
      const json_cursor file = one.member("file");
      out.profiles.push_back({.name = one.member("name").text(), .file = file.text()});
      // It is opened and removed: it must not lead elsewhere.
      if (out.profiles.back().file.find('/') != std::string::npos) file.fail("no plain file name");
    });
  }
  out.run = run_from(root.member("run"));
  if (problem) return *problem;
  return out;
}

}  // namespace nevaperf::formats
