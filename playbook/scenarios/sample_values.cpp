#include "playbook/scenarios/sample_values.hpp"

#include <utility>
#include <vector>

#include "runtime/message/dict.hpp"
#include "runtime/message/list.hpp"

namespace nevaperf::playbook {

using runtime::message;

message integer_at(std::int64_t place) {
  return message::integer(first_number + place);
}
message floating_at(std::int64_t place) {
  return message::floating(static_cast<double>(first_number + place) + 0.25);
}
message boolean_at(std::int64_t place) {
  return message::boolean(place % 2 == 0);
}
message text_at(std::int64_t place) {
  return message::string("v" + std::to_string(first_number + place));
}
message digits_at(std::int64_t place) {
  return message::string(std::to_string(first_number + place));
}
message dict_key_at(std::int64_t place) {
  return message::string("k" + std::to_string(first_number + place));
}

message list_of(std::int64_t size, value_maker make) {
  runtime::list_builder list(static_cast<std::size_t>(size));
  for (std::int64_t place = 0; place < size; ++place) list.append(make(place));
  return std::move(list).build();
}

message integers_from(std::int64_t place, std::int64_t size) {
  runtime::list_builder list(static_cast<std::size_t>(size));
  for (std::int64_t i = 0; i < size; ++i) list.append(integer_at(place + i));
  return std::move(list).build();
}

message dict_of(std::int64_t size, value_maker make) {
  std::vector<std::pair<message, message>> entries;
  entries.reserve(static_cast<std::size_t>(size));
  for (std::int64_t place = 0; place < size; ++place)
    entries.emplace_back(dict_key_at(place), make(place));
  return runtime::make_dict(std::move(entries));
}

}  // namespace nevaperf::playbook
