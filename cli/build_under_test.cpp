#include "cli/build_under_test.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "core/formats/json_cursor.hpp"
#include "core/formats/model_json.hpp"
#include "core/measure/google_target.hpp"

namespace nevaperf::cli {

namespace {

// The file that a word names, as execvp looks for it; nothing if there is none.
std::optional<std::string> file_of(const std::string& program) {
  if (program.find('/') != std::string::npos) return program;
  const char* const path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "/usr/bin:/bin" : path;
  while (true) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    const std::string file = std::string(end == 0 ? "." : rest.substr(0, end)) + "/" + program;
    if (::access(file.c_str(), X_OK) == 0) return file;
    if (end == rest.size()) return std::nullopt;
    rest.remove_prefix(end + 1);
  }
}

base::result<std::vector<listed_scenario>> list_of_nevaperf(base::process_launcher& processes,
                                                            const std::vector<std::string>& command,
                                                            std::int64_t timeout_ns) {
  base::process_options how;
  how.argv = command;
  how.argv.insert(how.argv.end(), {"bench", "--list", "--format", "json"});
  const auto listed = base::run_process(processes, how, "", timeout_ns);
  if (!listed) return listed.error();
  const base::error no_list{.what = "it lists no scenarios", .where = command.front(), .next = ""};
  if (!listed->exit.clean()) return no_list;
  const auto document = formats::parse_json(listed->out);
  if (!document) return no_list;
  std::optional<base::error> problem;
  const formats::json_cursor at(*document, problem);
  std::vector<listed_scenario> out;
  at.member("scenarios").each([&](const formats::json_cursor& one) {
    out.push_back({one.member("name").text(), formats::texts_from(one.member("tags"))});
  });
  if (problem || out.empty()) return no_list;
  return out;
}

}  // namespace

base::result<std::vector<std::string>> split_command(const base::file_system& files,
                                                     const std::string& text) {
  std::vector<std::string> words;
  if (files.exists(text)) {
    words.push_back(text);
  } else {
    char quote = 0;
    bool is_word = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      const bool is_escape = c == '\\' && quote != '\'' && i + 1 < text.size();
      if (quote == 0 && (c == ' ' || c == '\t' || c == '\n')) {
        is_word = false;
        continue;
      }
      if (!is_word) words.emplace_back();
      is_word = true;
      if (is_escape) {
        words.back() += text[++i];
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      } else {
        words.back() += c;
      }
    }
    if (quote != 0) {
      return base::error{
          .what = "a quote is not closed", .where = text, .next = "close it, or escape it with \\"};
    }
  }
  if (words.empty() || words.front().empty()) {
    return base::error{.what = "no program given", .where = "", .next = "name a program"};
  }
  // Beside us is meant, even if PATH does not hold this folder.
  if (!file_of(words.front()) && files.exists(words.front())) words.front().insert(0, "./");
  return words;
}

base::result<build_under_test> find_build(base::process_launcher& processes,
                                          std::vector<std::string> command,
                                          std::int64_t timeout_ns) {
  build_under_test out{.command = std::move(command), .kind = {}, .scenarios = {}};
  const auto google = measure::list_google_benchmarks(processes, out.command, timeout_ns);
  if (google) {
    out.kind = build_kind::google_benchmark;
    for (const std::string& name : *google) out.scenarios.push_back({name, {}});
    return out;
  }
  // Whatever else it is, nevaperf says quickly that it does not know that option.
  auto own = list_of_nevaperf(processes, out.command, timeout_ns);
  if (!own) return google.error();
  out.kind = build_kind::nevaperf;
  out.scenarios = *std::move(own);
  return out;
}

std::vector<std::string> worker_command(const build_under_test& build,
                                        const std::string& scenario) {
  if (build.kind == build_kind::nevaperf) {
    std::vector<std::string> out = build.command;
    out.insert(out.end(), {"worker", scenario});
    return out;
  }
  std::vector<std::string> out = {"/proc/self/exe", "worker", "--target", "--", scenario};
  out.insert(out.end(), build.command.begin(), build.command.end());
  return out;
}

bool is_same_program(const base::file_system& files, const std::vector<std::string>& one,
                     const std::vector<std::string>& other) {
  if (!std::equal(one.begin() + 1, one.end(), other.begin() + 1, other.end())) return false;
  const auto one_file = file_of(one.front());
  const auto other_file = file_of(other.front());
  if (!one_file || !other_file) return false;
  const auto content = files.read(*one_file);
  const auto other_content = files.read(*other_file);
  if (!content || !other_content || *content != *other_content) return false;
  // A script may run what lies beside it, and a program load libraries from there.
  return content->starts_with(
             "\x7f"
             "ELF") &&
         content->find("$ORIGIN") == std::string::npos;
}

}  // namespace nevaperf::cli
