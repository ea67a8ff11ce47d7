#include <algorithm>
#include <map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/report/compare_rows.hpp"
#include "core/report/compare_text.hpp"

namespace nevaperf::report {

namespace {

// Equal doubts once, with the names of all that have them.
class doubt_list {
 public:
  void add(const model::warning& what, const std::string& name) {
    const auto [at, is_new] = places_.try_emplace({what.code, what.text}, doubts_.size());
    if (is_new) doubts_.push_back({what, {}, {}});
    one_doubt& doubt = doubts_[at->second];
    if (!name.empty() && doubt.known.insert(name).second) doubt.names.push_back(name);
  }

  [[nodiscard]] std::string text(bool colour) const {
    std::string out;
    for (const auto& [what, names, known] : doubts_) {
      const std::string subject = names.empty() ? "" : " " + some_names(names) + ":";
      out += styled("warning:", style::yellow, colour) +
             printable(subject + " " + what.text + " (" + what.next + ")") + "\n";
    }
    return out;
  }

 private:
  struct one_doubt {
    model::warning what;
    std::vector<std::string> names;
    std::unordered_set<std::string> known;
  };

  std::vector<one_doubt> doubts_;
  std::map<std::pair<std::string, std::string>, std::size_t> places_;  // by code and text
};

bool has_doubt(const compare::comparison& data, const model::warning& what) {
  return std::find(data.warnings.begin(), data.warnings.end(), what) != data.warnings.end();
}

void add_rows(doubt_list& into, const compare::comparison& data) {
  for (const compare::row& row : data.rows) {
    for (const model::warning& one : row.warnings) into.add(one, row.name);
  }
}

}  // namespace

std::string compare_doubts(const compare::comparison& data, bool colour) {
  doubt_list doubts;
  for (const model::warning& one : data.warnings) doubts.add(one, "");
  add_rows(doubts, data);
  return doubts.text(colour);
}

std::string compare_doubts(const compare::comparison_set& data, bool colour) {
  doubt_list doubts;
  for (const compare::comparison& from : data.all) {
    for (const model::warning& one : from.warnings) {
      const bool is_everywhere =
          std::all_of(data.all.begin(), data.all.end(),
                      [&](const compare::comparison& other) { return has_doubt(other, one); });
      doubts.add(one, is_everywhere ? "" : from.new_label);
    }
  }
  for (const model::warning& one : data.warnings) doubts.add(one, "");
  for (const compare::comparison& from : data.all) add_rows(doubts, from);
  return doubts.text(colour);
}

}  // namespace nevaperf::report
