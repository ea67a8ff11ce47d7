#include "core/store/state_dir.hpp"

#include <algorithm>

namespace nevaperf::store {

state_dir state_dir::resolve(const std::optional<std::string>& option, const char* variable) {
  if (option && !option->empty()) return state_dir(*option);
  if (variable != nullptr && *variable != '\0') return state_dir(variable);
  return state_dir(".nevaperf");
}

std::string state_dir::run_file(const std::string& id) const {
  return runs() + "/" + id + ".json";
}

std::string state_dir::journal_file(const std::string& id) const {
  return runs() + "/" + id + ".journal";
}

std::string state_dir::baseline_file(const std::string& name) const {
  return baselines() + "/" + name + ".json";
}

std::string state_dir::baseline_profiles(const std::string& name) const {
  return baselines() + "/" + name + ".profiles";
}

base::result<void> check_name(std::string_view name, const std::string& kind) {
  constexpr std::size_t limit = 100;
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-' || c == '+';
  };
  const bool fine = !name.empty() && name.size() <= limit && name.front() != '.' &&
                    name.front() != '-' && std::all_of(name.begin(), name.end(), allowed);
  if (fine) return {};
  std::string shown(name.substr(0, limit));
  if (name.size() > limit) shown += "...";
  return base::error{.what = "'" + shown + "' cannot be a " + kind,
                     .where = "",
                     .next =
                         "use 1 to 100 letters, digits, '.', '_', '-' or '+', starting with a "
                         "letter or digit"};
}

}  // namespace nevaperf::store
