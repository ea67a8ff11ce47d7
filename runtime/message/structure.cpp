#include "runtime/message/structure.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <new>

namespace nevaperf::runtime {
namespace {

// Up to here a scan over the fields is faster than a search in the sorted index.
constexpr std::size_t scanned_fields = 32;

}  // namespace

shape::shape(std::vector<atom> sorted_by_name) : fields_(std::move(sorted_by_name)) {
  if (fields_.size() <= scanned_fields) return;
  slots_by_id_.reserve(fields_.size());
  for (std::size_t slot = 0; slot < fields_.size(); ++slot)
    slots_by_id_.emplace_back(fields_[slot], static_cast<std::uint32_t>(slot));
  std::ranges::sort(slots_by_id_);
}

const shape* shape::empty() {
  static const shape* const none = new shape({});
  return none;
}

const shape* shape::intern(std::span<const atom> fields) {
  if (fields.empty()) return empty();
  std::vector<atom> names(fields.begin(), fields.end());
  std::ranges::sort(names, {}, [](atom name) { return name.text(); });
  assert(std::ranges::adjacent_find(names) == names.end());

  static std::mutex& mutex = *new std::mutex;
  static auto& shapes = *new std::map<std::vector<atom>, const shape*>;  // as long as the process
  const std::lock_guard lock(mutex);
  const auto [found, is_new] = shapes.try_emplace(names, nullptr);
  if (is_new) found->second = new shape(std::move(names));
  return found->second;
}

std::optional<std::size_t> shape::slot_of(atom field) const {
  if (slots_by_id_.empty()) {
    const auto found = std::ranges::find(fields_, field);
    if (found == fields_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - fields_.begin());
  }
  const auto found =
      std::ranges::lower_bound(slots_by_id_, field, {}, &std::pair<atom, std::uint32_t>::first);
  if (found == slots_by_id_.end() || found->first != field) return std::nullopt;
  return found->second;
}

message make_structure(const shape* s, std::span<message> values) {
  assert(values.size() == s->fields().size());
  if (values.empty()) return empty_structure();
  void* const memory = allocate_payload(sizeof(structure_payload) + values.size_bytes());
  auto* const p = new (memory) structure_payload(s);
  std::uninitialized_move(values.begin(), values.end(), p->values());
  return message::adopt(kind::structure, p);
}

}  // namespace nevaperf::runtime
