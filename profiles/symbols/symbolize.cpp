#include "profiles/symbols/symbolize.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace nevaperf::profiles {

namespace {

// "[vdso]", "linux-vdso.so.1", "//anon", "/memfd:x (deleted)": memory without a file.
bool is_real_file(std::string_view path) {
  return path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/memfd:") &&
         !path.starts_with("/dev/") && !path.ends_with(" (deleted)");
}

// Adds functions and texts to a profile, each once.
class name_tables {
 public:
  explicit name_tables(profile& p) : p_(p) {
    for (std::uint32_t i = 0; i < p.texts.size(); ++i) texts_.try_emplace(p.texts[i], i);
  }

  text_id text(const std::string& value) {
    const auto [at, is_new] =
        texts_.try_emplace(value, static_cast<std::uint32_t>(p_.texts.size()));
    if (is_new) p_.texts.push_back(value);
    return at->second;
  }

  function_id function_of(const named_call& call) {
    const function made{.name = text(call.name),
                        .system_name = text(call.linker_name),
                        .file = text(call.file),
                        .start_line = call.start_line};
    const auto [at, is_new] = functions_.try_emplace(
        std::tuple(made.name.index(), made.system_name.index(), made.file.index()),
        static_cast<std::uint32_t>(p_.functions.size()));
    if (is_new) p_.functions.push_back(made);
    return function_id(at->second);
  }

 private:
  profile& p_;
  std::unordered_map<std::string, text_id> texts_;
  std::map<std::tuple<std::size_t, std::size_t, std::size_t>, std::uint32_t> functions_;
};

struct placed_file {
  debug_file* file = nullptr;
  std::uint64_t load_bias = 0;  // of addresses in the program over those of the file
};

}  // namespace

debug_file* symbolizer::open(const std::string& path, std::vector<model::warning>& doubts) {
  const auto [at, is_new] = files_.try_emplace(path);
  if (!is_new) return at->second.get();
  auto opened = debug_file::open(path);
  if (!opened) {
    doubts.push_back({.code = "no-symbols", .text = opened.error().line(), .next = "put it back"});
    return nullptr;
  }
  at->second = *std::move(opened);
  return at->second.get();
}

std::vector<model::warning> symbolizer::add_names(profile& p) {
  std::vector<model::warning> doubts;
  std::vector<bool> is_wanted(p.mappings.size(), false);
  for (const location& l : p.locations)
    if (l.lines.empty() && !l.map.is_none()) is_wanted[l.map.index()] = true;

  name_tables tables(p);
  std::vector<placed_file> placed(p.mappings.size());
  for (std::size_t i = 0; i < p.mappings.size(); ++i) {
    mapping& m = p.mappings[i];
    const std::string path = p.text(m.file);
    if (!is_wanted[i] || !is_real_file(path)) continue;
    debug_file* const file = open(path, doubts);
    if (file == nullptr) continue;
    const std::string& wanted_id = p.text(m.build_id);
    if (!wanted_id.empty() && !file->build_id().empty() && wanted_id != file->build_id()) {
      doubts.push_back({.code = "replaced-file",
                        .text = path + " is not the file that ran (build id " + file->build_id() +
                                ", not " + wanted_id + "): no names from it",
                        .next = "put the old file back, or profile again"});
      continue;
    }
    const auto start = file->address_of(m.offset);
    if (!start) continue;
    placed[i] = {.file = file, .load_bias = m.start - *start};
    if (wanted_id.empty()) m.build_id = tables.text(file->build_id());
    m.has_functions = true;
    m.has_filenames = m.has_line_numbers = m.has_inline_frames = file->has_lines();
  }

  for (location& l : p.locations) {
    if (!l.lines.empty() || l.map.is_none() || placed[l.map.index()].file == nullptr) continue;
    const placed_file& from = placed[l.map.index()];
    for (const named_call& call : from.file->find(l.address - from.load_bias))
      l.lines.push_back({.function = tables.function_of(call), .number = call.line, .column = 0});
  }
  return doubts;
}

}  // namespace nevaperf::profiles
