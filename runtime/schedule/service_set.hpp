// What functions share during a run and nobody else knows: the table of open files, the pool of
// http clients.
//
// One object a type, made for the first node that asks; it lives until the end of the run.
//
// Thread safety: owner only, while the graph is wired; a service says itself who may use it.
#pragma once

#include <algorithm>
#include <memory>
#include <typeindex>
#include <utility>
#include <vector>

namespace nevaperf::runtime {

class service_set {
 public:
  template <class Service>
  Service& get() {
    const std::type_index type(typeid(Service));
    const auto known =
        std::find_if(made_.begin(), made_.end(), [&](const auto& s) { return s.first == type; });
    if (known != made_.end()) return *static_cast<Service*>(known->second.get());
    auto service = std::make_shared<Service>();
    made_.emplace_back(type, service);
    return *service;
  }
  void clear() { made_.clear(); }

 private:
  std::vector<std::pair<std::type_index, std::shared_ptr<void>>> made_;
};

}  // namespace nevaperf::runtime
