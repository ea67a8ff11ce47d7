#include "core/store/journal.hpp"

#include <set>
#include <utility>

#include "core/formats/journal_json.hpp"
#include "core/store/names.hpp"

namespace nevaperf::store {

namespace {

std::string at_line(const std::string& path, std::size_t number) {
  return path + ":" + std::to_string(number);
}

// The part of a journal up to its last line break.
std::string_view whole_lines(std::string_view text) {
  const std::size_t end = text.rfind('\n');
  return end == std::string_view::npos ? std::string_view() : text.substr(0, end + 1);
}

base::result<void> cut_torn_line(base::file_system& files, const std::string& path) {
  const auto text = files.read(path);
  if (!text) return text.error();
  const std::string_view whole = whole_lines(*text);
  if (whole.size() == text->size()) return {};
  return files.write_atomic(path, whole);
}

model::warning torn_warning(const std::string& path) {
  return {.code = "torn-journal",
          .text = "the last line of " + path + " was cut off; its worker process is measured again",
          .next = "free some disk space if it was full; nothing else is lost"};
}

base::result<journal_content> parse(const std::string& path, std::string_view text) {
  journal_content content;
  std::string_view rest = whole_lines(text);
  if (rest.size() < text.size()) content.torn = torn_warning(path);
  if (rest.empty()) {
    return base::error{.what = "the journal has no plan",
                       .where = path,
                       .next = "nothing was measured yet; start the run again without --resume"};
  }
  std::set<std::pair<std::string, std::uint32_t>> seen;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    if (number == 1) {
      auto plan = formats::read_plan_line(line);
      if (!plan) return plan.error().within(at_line(path, number));
      content.plan = *std::move(plan);
      continue;
    }
    auto result = formats::read_result_line(line);
    if (!result) return result.error().within(at_line(path, number));
    if (!seen.emplace(result->scenario, result->process).second) {
      return base::error{.what = "process " + std::to_string(result->process) + " of '" +
                                 result->scenario + "' is recorded twice",
                         .where = at_line(path, number),
                         .next = "did two runs write it? start the run again without --resume"};
    }
    content.results.push_back(*std::move(result));
  }
  return content;
}

}  // namespace

base::result<journal> journal::begin(base::file_system& files, std::string path,
                                     const model::run_plan& plan) {
  if (files.exists(path)) {
    return base::error{.what = "there is a journal already",
                       .where = path,
                       .next = "go on with --resume, or remove it"};
  }
  const auto line = formats::write_plan_line(plan);
  if (!line) return line.error().within(path);
  if (auto written = files.append(path, *line, base::durability::synced); !written) {
    return written.error();
  }
  return journal(files, std::move(path));
}

base::result<void> journal::record(const model::process_result& result) {
  const auto line = formats::write_result_line(result);
  if (!line) return line.error().within(path_);
  if (maybe_torn_) {
    if (auto cut = cut_torn_line(*files_, path_); !cut) return cut;
    maybe_torn_ = false;
  }
  auto written = files_->append(path_, *line, base::durability::synced);
  maybe_torn_ = !written;
  return written;
}

base::result<void> journal::remove() {
  return files_->remove(path_);
}

base::result<journal_content> read_journal(const base::file_system& files,
                                           const std::string& path) {
  const auto text = files.read(path);
  if (!text) return text.error();
  return parse(path, *text);
}

base::result<resumed_journal> resume_journal(base::file_system& files, const std::string& path) {
  auto content = read_journal(files, path);
  if (!content) return content.error();
  if (auto cut = cut_torn_line(files, path); !cut) return cut.error();
  return resumed_journal{*std::move(content), journal(files, path)};
}

base::result<std::optional<std::string>> newest_journal(const base::file_system& files,
                                                        const std::string& folder) {
  constexpr const char* suffix = ".journal";
  const auto names = names_with_suffix(files, folder, suffix);
  if (!names) return names.error();
  if (names->empty()) return std::optional<std::string>();
  return std::optional(folder + "/" + names->back() + suffix);
}

}  // namespace nevaperf::store
