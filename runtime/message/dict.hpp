// Dicts: immutable maps from strings to messages.
//
// Look-up is by hash; iteration is by key in byte order, which is also the order of their text.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/message/message.hpp"

namespace nevaperf::runtime {

// The last of several entries with one key counts. Keys: messages of kind string.
message make_dict(std::vector<std::pair<message, message>> entries);
inline message empty_dict() {
  return message::empty(kind::dict);
}

[[nodiscard]] std::size_t dict_size(const message& d);
// The value, or a null pointer. Valid as long as `d` lives. A key that is a message is faster.
[[nodiscard]] const message* dict_find(const message& d, std::string_view key);
[[nodiscard]] const message* dict_find(const message& d, const message& key);  // of kind string
// The entries by rank of their key, 0 <= rank < size.
[[nodiscard]] const message& dict_key_at(const message& d, std::size_t rank);
[[nodiscard]] const message& dict_value_at(const message& d, std::size_t rank);

}  // namespace nevaperf::runtime
