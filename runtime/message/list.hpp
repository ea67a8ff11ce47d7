// Lists: immutable, with typed storage for bool, int, float and string elements, general messages otherwise.
//
// The storage is an optimisation that programs cannot see: a typed and a general list of equal values are equal, and
// `at` gives the same messages. A slice may share the storage of the list it was cut from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "runtime/message/message.hpp"

namespace nevaperf::runtime {

// Collects elements; chooses typed storage while all have one kind and falls back when another comes.
class list_builder {
 public:
  explicit list_builder(std::size_t expected = 0);
  list_builder(const list_builder&) = delete;
  list_builder& operator=(const list_builder&) = delete;
  ~list_builder();

  void append(message m);
  [[nodiscard]] std::size_t size() const;
  message build() &&;  // a message of kind list; the builder is empty afterwards

 private:
  struct state;
  state* state_;
};

message make_list(std::span<const message> elements);
message make_list(std::span<const std::int64_t> elements);
message make_list(std::span<const double> elements);
message empty_list();

// The operations of the list functions, each on a message of kind list.
[[nodiscard]] std::size_t list_size(const message& l);
[[nodiscard]] message list_at(const message& l, std::size_t index);  // index < size
message list_slice(const message& l, std::size_t from, std::size_t to);  // from <= to <= size; shares
message list_append(message l, message last);    // reuses the storage if `l` is the only owner
message list_prepend(message first, message l);
message list_concat(message a, const message& b);

}  // namespace nevaperf::runtime
