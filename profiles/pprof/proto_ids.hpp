// The ids of one table of a profile.proto file, which may be any numbers, as indexes from 0.
//
// Ids that are about as dense as the table is long (writers count from 1) cost one vector; others a
// hash table. Thread safety: owner only.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace nevaperf::profiles {

class proto_ids {
 public:
  static constexpr std::uint32_t unknown = UINT32_MAX;

  // False if the id is known already.
  bool add(std::uint64_t id) {
    const std::uint32_t index = count_++;
    if (id > dense_.size() + slack) return sparse_.emplace(id, index).second;
    if (id >= dense_.size()) dense_.resize(static_cast<std::size_t>(id) + 1, unknown);
    // An id may have come too early for the vector.
    if (dense_[id] != unknown || sparse_.contains(id)) return false;
    dense_[id] = index;
    return true;
  }

  [[nodiscard]] std::uint32_t find(std::uint64_t id) const {
    if (id < dense_.size() && dense_[id] != unknown) return dense_[id];
    const auto at = sparse_.find(id);
    return at == sparse_.end() ? unknown : at->second;
  }

 private:
  static constexpr std::size_t slack = 64;

  std::vector<std::uint32_t> dense_;
  std::unordered_map<std::uint64_t, std::uint32_t> sparse_;
  std::uint32_t count_ = 0;
};

}  // namespace nevaperf::profiles
