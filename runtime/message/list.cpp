#include "runtime/message/list.hpp"

#include <algorithm>
#include <new>

#include "runtime/message/list_storage.hpp"

namespace nevaperf::runtime {
namespace {

// A slice is copied if it is as small as this, or if it would keep too much of its owner alive.
constexpr std::size_t copied_slice = 16;
constexpr std::size_t max_kept_ratio = 8;

list_payload* storage_of(const message& l) {
  assert(l.is(kind::list));
  return static_cast<list_payload*>(l.shared_payload());
}

message adopt_list(list_payload* l) {
  return message::adopt(kind::list, l);
}

// Gives up `m` without releasing what it refers to.
list_payload* take_storage(message&& m) {
  list_payload* const l = storage_of(m);
  ::new (&m) message;
  return l;
}

list_payload* copy_of(const list_payload& source, std::size_t from, std::size_t count,
                      std::size_t capacity) {
  return add_elements(new_list(source.elements, capacity), source, from, count);
}

template <class T>
message make_typed_list(element e, std::span<const T> values) {
  if (values.empty()) return empty_list();
  list_payload* const l = new_list(e, values.size());
  std::ranges::copy(values, static_cast<T*>(l->data));
  l->size = values.size();
  return adopt_list(l);
}

}  // namespace

list_builder::~list_builder() {
  if (storage_) release(storage_);
}

void list_builder::append(message m) {
  assert(m);
  if (!storage_) storage_ = new_list(element_of(m.kind_of()), std::max<std::size_t>(expected_, 4));
  storage_ = add_element(storage_, std::move(m));
}

std::size_t list_builder::size() const {
  return storage_ ? storage_->size : 0;
}

message list_builder::build() && {
  if (!storage_) return empty_list();
  return adopt_list(std::exchange(storage_, nullptr));
}

message make_list(std::span<const message> elements) {
  list_builder builder(elements.size());
  for (const message& m : elements) builder.append(m);
  return std::move(builder).build();
}

message make_list(std::span<const std::int64_t> elements) {
  return make_typed_list(element::integer, elements);
}

message make_list(std::span<const double> elements) {
  return make_typed_list(element::floating, elements);
}

message list_slice(const message& l, std::size_t from, std::size_t to) {
  assert(from <= to && to <= list_size(l));
  list_payload* const source = storage_of(l);
  const std::size_t count = to - from;
  if (count == 0) return empty_list();
  if (count == source->size) return l;
  list_payload* const owner = source->is_view() ? source->owner : source;
  if (count <= copied_slice || count * max_kept_ratio < owner->capacity)
    return adopt_list(copy_of(*source, from, count, count));
  auto* const view =
      new (allocate_payload(sizeof(list_payload))) list_payload(source->elements, count);
  view->owner = owner;
  view->data = static_cast<char*>(source->data) + from * bytes_of(source->elements);
  retain(owner);
  return adopt_list(view);
}

message list_append(message l, message last) {
  assert(last);
  const list_payload* const source = storage_of(l);
  if (!source)
    return adopt_list(add_element(new_list(element_of(last.kind_of()), 4), std::move(last)));
  if (!is_extensible(source)) {
    list_payload* const copy =
        copy_of(*source, 0, source->size, source->size + source->size / 2 + 4);
    return adopt_list(add_element(copy, std::move(last)));
  }
  return adopt_list(add_element(take_storage(std::move(l)), std::move(last)));
}

message list_prepend(message first, const message& l) {
  assert(first);
  const list_payload* const source = storage_of(l);
  list_payload* fresh = new_list(element_of(first.kind_of()), 1 + list_size(l));
  fresh = add_element(fresh, std::move(first));
  if (source) fresh = add_elements(fresh, *source, 0, source->size);
  return adopt_list(fresh);
}

message list_concat(message a, const message& b) {
  const list_payload* const left = storage_of(a);
  const list_payload* const right = storage_of(b);
  if (!right) return a;
  if (!left) return b;
  if (!is_extensible(left)) {
    list_payload* const copy = copy_of(*left, 0, left->size, left->size + right->size);
    return adopt_list(add_elements(copy, *right, 0, right->size));
  }
  return adopt_list(add_elements(take_storage(std::move(a)), *right, 0, right->size));
}

}  // namespace nevaperf::runtime
