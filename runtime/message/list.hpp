// Lists: immutable, with typed storage for bool, int and float elements, general messages
// otherwise.
//
// The storage is an optimisation that programs cannot see: a typed and a general list of equal
// values are equal, and `at` gives the same messages. A slice may share the storage of the list it
// was cut from, but never keeps more than 8 times its own size alive.
//
// Thread safety: a list is a value; a builder belongs to one thread.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>

#include "runtime/message/list_payload.hpp"
#include "runtime/message/message.hpp"

namespace nevaperf::runtime {

// Collects elements; chooses typed storage while all have one kind and falls back when another
// comes.
class list_builder {
 public:
  explicit list_builder(std::size_t expected = 0) : expected_(expected) {}
  list_builder(const list_builder&) = delete;
  list_builder& operator=(const list_builder&) = delete;
  ~list_builder();

  void append(message m);  // anything but `none`
  [[nodiscard]] std::size_t size() const;
  message build() &&;  // a message of kind list; the builder is empty afterwards

 private:
  list_payload* storage_ = nullptr;
  std::size_t expected_;
};

message make_list(std::span<const message> elements);
message make_list(std::span<const std::int64_t> elements);
message make_list(std::span<const double> elements);
inline message empty_list() {
  return message::empty(kind::list);
}

// The operations of the list functions, each on a message of kind list.
[[nodiscard]] inline std::size_t list_size(const message& l) {
  assert(l.is(kind::list));
  const payload* const p = l.shared_payload();
  return p ? static_cast<const list_payload*>(p)->size : 0;
}
[[nodiscard]] inline message list_at(const message& l, std::size_t index) {  // index < size
  assert(index < list_size(l));
  return element_at(*static_cast<const list_payload*>(l.shared_payload()), index);
}
[[nodiscard]] message list_slice(const message& l, std::size_t from, std::size_t to);  // <= size
// Append and concat reuse the storage of `l` or `a` if they are its only owner: move it in.
[[nodiscard]] message list_append(message l, message last);
[[nodiscard]] message list_prepend(message first, const message& l);
[[nodiscard]] message list_concat(message a, const message& b);

}  // namespace nevaperf::runtime
