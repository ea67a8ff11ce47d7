// The hash table of a dict: slots of 32 bits, empty (0) or the rank of an entry + 1 in the low
// `index_bits` and bits of the key's hash in the rest, so that almost no other key is looked at;
// linear probing at a load of at most one half.
#include "runtime/message/dict.hpp"

#include <algorithm>
#include <bit>
#include <new>

#include "runtime/message/containers.hpp"
#include "runtime/message/hash.hpp"

namespace nevaperf::runtime {
namespace {

// Keys chosen to collide would make look-ups slow: past this many probes for one key the dict goes
// without a table and is searched by its sorted keys. Random keys stay far below it.
constexpr std::size_t max_probes = 256;

const dict_payload* storage_of(const message& d) {
  assert(d.is(kind::dict));
  return static_cast<const dict_payload*>(d.shared_payload());
}

bool is_inline(const message& text) {
  return text.shared_payload() == nullptr;
}

std::uint64_t hash_of(const message& key) {
  return is_inline(key) ? hash_words(key.first_word(), key.second_word())
                        : hash_long(key.as_string());
}

// The hash bits of a slot, in their place.
std::uint32_t mark_of(std::uint64_t hash, const dict_payload& d) {
  return static_cast<std::uint32_t>((hash >> 32) << d.index_bits);
}

std::uint32_t index_mask(const dict_payload& d) {
  return static_cast<std::uint32_t>((std::uint64_t{1} << d.index_bits) - 1);
}

bool fill_table(dict_payload& d, std::uint64_t slot_count) {
  std::uint32_t* const slots = d.slots();
  std::fill_n(slots, slot_count, 0u);
  for (std::size_t rank = 0; rank < d.size; ++rank) {
    const std::uint64_t hash = hash_of(d.entries()[rank].key);
    std::uint64_t at = hash & (slot_count - 1);
    for (std::size_t probes = 1; slots[at] != 0; at = (at + 1) & (slot_count - 1))
      if (++probes > max_probes) return false;
    slots[at] = mark_of(hash, d) | static_cast<std::uint32_t>(rank + 1);
  }
  return true;
}

template <class Equals>
const message* find_in_table(const dict_payload& d, std::uint64_t hash, Equals equals) {
  const std::uint32_t indexes = index_mask(d);
  const std::uint32_t mark = mark_of(hash, d);
  const std::uint32_t* const slots = d.slots();
  for (std::uint64_t at = hash & d.slot_mask;; at = (at + 1) & d.slot_mask) {
    const std::uint32_t slot = slots[at];
    if (slot == 0) return nullptr;
    if ((slot & ~indexes) != mark) continue;
    const dict_entry& entry = d.entries()[(slot & indexes) - 1];
    if (equals(entry.key)) return &entry.value;
  }
}

const message* find_sorted(const dict_payload& d, std::string_view key) {
  const dict_entry* const end = d.entries() + d.size;
  const dict_entry* const found =
      std::lower_bound(d.entries(), end, key, [](const dict_entry& entry, std::string_view wanted) {
        return entry.key.as_string() < wanted;
      });
  return found != end && found->key.as_string() == key ? &found->value : nullptr;
}

const message* find_inline(const dict_payload& d, std::uint64_t first, std::uint64_t second) {
  return find_in_table(d, hash_words(first, second), [=](const message& key) {
    return key.first_word() == first && key.second_word() == second;
  });
}

const message* find_long(const dict_payload& d, std::string_view key) {
  return find_in_table(d, hash_long(key),
                       [key](const message& other) { return other.as_string() == key; });
}

// An entry's key for sorting: mostly the first bytes decide.
struct sort_key {
  std::uint64_t prefix;  // the first 8 bytes, the first in the highest bits
  std::size_t index;
};

std::vector<sort_key> sorted_keys(const std::vector<std::pair<message, message>>& entries) {
  std::vector<sort_key> keys(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string_view text = entries[i].first.as_string();
    keys[i] = {__builtin_bswap64(pack_short_text(text.substr(0, 8)).low), i};
  }
  const auto text_of_key = [&](const sort_key& k) { return entries[k.index].first.as_string(); };
  std::ranges::sort(keys, [&](const sort_key& a, const sort_key& b) {
    if (a.prefix != b.prefix) return a.prefix < b.prefix;
    const int order = text_of_key(a).compare(text_of_key(b));
    return order != 0 ? order < 0 : a.index < b.index;
  });
  // of equal keys the last stays
  std::size_t kept = 0;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i + 1 < keys.size() && keys[i].prefix == keys[i + 1].prefix &&
        text_of_key(keys[i]) == text_of_key(keys[i + 1]))
      continue;
    keys[kept++] = keys[i];
  }
  keys.resize(kept);
  return keys;
}

}  // namespace

message make_dict(std::vector<std::pair<message, message>> entries) {
  if (entries.empty()) return empty_dict();
  const std::vector<sort_key> order = sorted_keys(entries);
  const std::size_t size = order.size();
  const std::uint64_t slot_count = size < 0xffffffff ? std::bit_ceil(2 * std::uint64_t{size}) : 0;
  auto* const d = new (allocate_payload(sizeof(dict_payload) + size * sizeof(dict_entry) +
                                        slot_count * sizeof(std::uint32_t))) dict_payload(size);
  for (std::size_t rank = 0; rank < size; ++rank) {
    auto& [key, value] = entries[order[rank].index];
    assert(key.is(kind::string) && value);
    if (!is_inline(key) && key.as_string().size() <= message::inline_string_bytes)
      key = message::string(key.as_string());
    new (d->entries() + rank) dict_entry{std::move(key), std::move(value)};
  }
  d->index_bits = static_cast<std::uint8_t>(std::bit_width(size));
  if (slot_count != 0 && fill_table(*d, slot_count)) d->slot_mask = slot_count - 1;
  return message::adopt(kind::dict, d);
}

std::size_t dict_size(const message& d) {
  const dict_payload* const storage = storage_of(d);
  return storage ? storage->size : 0;
}

const message* dict_find(const message& d, std::string_view key) {
  if (key.size() <= message::inline_string_bytes) return dict_find(d, message::string(key));
  const dict_payload* const storage = storage_of(d);
  if (!storage) return nullptr;
  return storage->slot_mask == 0 ? find_sorted(*storage, key) : find_long(*storage, key);
}

const message* dict_find(const message& d, const message& key) {
  assert(key.is(kind::string));
  const dict_payload* const storage = storage_of(d);
  if (!storage) return nullptr;
  if (storage->slot_mask == 0) [[unlikely]]
    return find_sorted(*storage, key.as_string());
  if (is_inline(key)) return find_inline(*storage, key.first_word(), key.second_word());
  const std::string_view text = key.as_string();
  if (text.size() > message::inline_string_bytes) return find_long(*storage, text);
  const message same = message::string(text);
  return find_inline(*storage, same.first_word(), same.second_word());
}

const message& dict_key_at(const message& d, std::size_t rank) {
  assert(rank < dict_size(d));
  return storage_of(d)->entries()[rank].key;
}

const message& dict_value_at(const message& d, std::size_t rank) {
  assert(rank < dict_size(d));
  return storage_of(d)->entries()[rank].value;
}

}  // namespace nevaperf::runtime
