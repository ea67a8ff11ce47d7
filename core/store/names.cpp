#include "core/store/names.hpp"

namespace nevaperf::store {

base::result<std::vector<std::string>> names_with_suffix(const base::file_system& files,
                                                         const std::string& folder,
                                                         std::string_view suffix) {
  const auto all = files.list(folder);
  if (!all) return all.error();
  std::vector<std::string> names;
  for (const std::string& name : *all) {
    if (name.size() > suffix.size() && name.ends_with(suffix)) {
      names.push_back(name.substr(0, name.size() - suffix.size()));
    }
  }
  return names;
}

}  // namespace nevaperf::store
