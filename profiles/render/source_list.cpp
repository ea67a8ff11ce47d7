#include "profiles/render/source_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "profiles/model/stack_view.hpp"
#include "profiles/render/amounts.hpp"
#include "profiles/render/columns.hpp"
#include "profiles/render/pattern.hpp"

namespace nevaperf::profiles {

namespace {

constexpr std::uint64_t most_source_bytes = std::uint64_t{16} << 20;
constexpr std::int64_t lines_around = 3;  // of a line with a value

struct line_sum {
  std::int64_t flat = 0;
  std::int64_t cumulative = 0;
};

// A function as its name and file tell it from others: inlined copies are one.
struct listed {
  std::string name;
  std::string file;
  line_sum sum;
  std::map<std::int64_t, line_sum> lines;  // 0: the line is not known
};

class line_summer {
 public:
  line_summer(const profile& p, std::size_t type, const pattern& wanted) : p_(p), type_(type) {
    std::map<std::pair<text_id, text_id>, std::uint32_t> known;
    for (const function& f : p.functions) {
      const text_id name = f.name == no_text ? f.system_name : f.name;
      if (!wanted.found_in(p.text(name))) {
        index_.push_back(none);
        continue;
      }
      const auto [at, fresh] =
          known.try_emplace({name, f.file}, static_cast<std::uint32_t>(made_.size()));
      if (fresh)
        made_.push_back({.name = p.text(name), .file = p.text(f.file), .sum = {}, .lines = {}});
      index_.push_back(at->second);
    }
  }

  std::vector<listed> sum() && {
    for (std::size_t i = 0; i < p_.samples.size(); ++i) add(i);
    std::erase_if(made_, [](const listed& f) { return f.lines.empty(); });
    std::ranges::stable_sort(made_, std::ranges::greater(),
                             [](const listed& f) { return f.sum.cumulative; });
    return std::move(made_);
  }

 private:
  static constexpr std::uint32_t none = UINT32_MAX;

  void add(std::size_t sample_index) {
    const std::int64_t value = p_.values_of(sample_index)[type_];
    if (value == 0) return;
    seen_.clear();
    bool is_leaf = true;
    for (const location_id id : p_.stack_of(p_.samples[sample_index])) {
      for (const line& l : p_.locations[id.index()].lines) {
        if (!l.function.is_none() && index_[l.function.index()] != none)
          add_line(index_[l.function.index()], l.number, value, is_leaf);
        is_leaf = false;
      }
      is_leaf = false;
    }
  }

  void add_line(std::uint32_t which, std::int64_t number, std::int64_t value, bool is_leaf) {
    listed& f = made_[which];
    const auto once = [&](std::int64_t of_line, line_sum& to) {
      const std::pair key(which, of_line);
      if (std::ranges::find(seen_, key) != seen_.end()) return;
      seen_.push_back(key);
      to.cumulative = add_saturated(to.cumulative, value);
    };
    line_sum& at = f.lines[number];
    once(number, at);
    once(whole_function, f.sum);
    if (!is_leaf) return;
    at.flat = add_saturated(at.flat, value);
    f.sum.flat = add_saturated(f.sum.flat, value);
  }

  static constexpr std::int64_t whole_function = INT64_MIN;

  const profile& p_;
  std::size_t type_;
  std::vector<std::uint32_t> index_;  // by function: of made_
  std::vector<listed> made_;
  std::vector<std::pair<std::uint32_t, std::int64_t>> seen_;  // lines of this sample
};

std::optional<std::string> read_source(const base::file_system& files, const std::string& path) {
  if (!files.exists(path)) return std::nullopt;
  auto text = files.read(path, most_source_bytes);
  if (!text) return std::nullopt;
  return *std::move(text);
}

std::optional<std::string> find_source(const base::file_system& files, const std::string& path,
                                       const source_places& places) {
  if (path.empty()) return std::nullopt;
  if (auto text = read_source(files, path)) return text;
  std::string rest = path;
  for (const std::string& trim : places.trims)
    if (!trim.empty() && rest.starts_with(trim)) rest.erase(0, trim.size());
  for (const std::string& folder : places.folders)
    for (std::size_t at = 0; at < rest.size();) {
      while (at < rest.size() && rest[at] == '/') ++at;
      if (auto text = read_source(files, folder + "/" + rest.substr(at))) return text;
      at = std::min(rest.find('/', at), rest.size());
    }
  return std::nullopt;
}

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string line = text.substr(at, end - at);
    std::erase(line, '\r');
    for (char& c : line)
      if (static_cast<unsigned char>(c) < ' ' && c != '\t') c = '?';
    lines.push_back(std::move(line));
    at = end + 1;
  }
  return lines;
}

std::string row(const std::string& flat, const std::string& cumulative, const std::string& number,
                const std::string& text) {
  std::string made =
      fmt::format("{} {} {}  {}", right(flat, 10), right(cumulative, 10), right(number, 6), text);
  made.erase(made.find_last_not_of(' ') + 1);
  return made + "\n";
}

std::string rows_of(const listed& f, const std::string& unit,
                    const std::vector<std::string>& source) {
  const auto with_value = [&](std::int64_t number, const line_sum& sum) {
    const bool has_text = number > 0 && static_cast<std::uint64_t>(number) <= source.size();
    return row(sum.flat == 0 ? "." : amount_text(sum.flat, unit), amount_text(sum.cumulative, unit),
               number > 0 ? std::to_string(number) : "?",
               has_text ? source[static_cast<std::size_t>(number - 1)] : "");
  };
  // Lines without a value are shown if they are close to one that has one.
  std::map<std::int64_t, const line_sum*> rows;
  const auto last = static_cast<std::int64_t>(source.size());
  for (const auto& [number, sum] : f.lines)
    if (number > 0 && number <= last)
      for (std::int64_t n = std::max<std::int64_t>(number - lines_around, 1);
           n <= std::min(number + lines_around, last); ++n)
        rows.try_emplace(n, nullptr);
  for (const auto& [number, sum] : f.lines) rows[number] = &sum;
  std::string text;
  std::int64_t before = 0;
  for (const auto& [number, sum] : rows) {
    if (!source.empty() && before > 0 && number > before + 1) text += "       ...\n";
    before = number;
    text += sum != nullptr ? with_value(number, *sum)
                           : row(".", ".", std::to_string(number),
                                 source[static_cast<std::size_t>(number - 1)]);
  }
  return text;
}

std::string list_one(const listed& f, const std::string& unit, std::int64_t whole,
                     const list_options& options, const base::file_system& files) {
  const auto source = find_source(files, f.file, options.places);
  std::string text =
      fmt::format("{}: flat {} ({}), cum {} ({})\n", harmless(f.name),
                  amount_text(f.sum.flat, unit), share_text(f.sum.flat, whole),
                  amount_text(f.sum.cumulative, unit), share_text(f.sum.cumulative, whole));
  if (f.file.empty())
    text += "the profile does not name its source file\n";
  else if (!source)
    text += "source not found: " + harmless(f.file) +
            " (say where: --source-path DIR, --trim-path PREFIX)\n";
  else
    text += harmless(f.file) + "\n";
  text += "      flat        cum   line\n";
  return text + rows_of(f, unit, source ? split_lines(*source) : std::vector<std::string>());
}

}  // namespace

base::result<std::string> list_text(const profile& p, std::size_t type, std::int64_t whole,
                                    const list_options& options, const base::file_system& files) {
  const auto wanted = pattern::make(options.pattern);
  if (!wanted) return wanted.error();
  const auto functions = line_summer(p, type, *wanted).sum();
  if (functions.empty())
    return base::error{.what = "no function with a name matches '" + options.pattern + "'",
                       .where = {},
                       .next = "see the names with --view top --rows 0"};
  const std::string unit = p.text(p.types[type].unit);
  const std::size_t rows =
      options.rows == 0 ? functions.size() : std::min(options.rows, functions.size());
  std::string text;
  for (std::size_t i = 0; i < rows; ++i)
    text += (i == 0 ? "" : "\n") + list_one(functions[i], unit, whole, options, files);
  if (rows < functions.size())
    text +=
        fmt::format("\n{} more functions match (--rows 0 shows them)\n", functions.size() - rows);
  return text;
}

}  // namespace nevaperf::profiles
