#include "core/model/run.hpp"

#include <algorithm>

namespace nevaperf::model {

const scenario* find_scenario(const run& where, std::string_view name) {
  const auto found = std::find_if(where.scenarios.begin(), where.scenarios.end(),
                                  [&](const scenario& one) { return one.name == name; });
  return found == where.scenarios.end() ? nullptr : &*found;
}

}  // namespace nevaperf::model
