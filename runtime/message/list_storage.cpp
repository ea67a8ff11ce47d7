#include "runtime/message/list_storage.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>

namespace nevaperf::runtime {
namespace {

std::size_t bytes_for(element e, std::size_t capacity) {
  // a wrapped product would allocate too little
  if (capacity > (std::size_t{1} << 48)) throw std::bad_alloc();
  return sizeof(list_payload) + capacity * bytes_of(e);
}

list_payload* with_capacity(list_payload* l, std::size_t capacity) {
  if (capacity <= l->capacity) return l;
  capacity = std::max(capacity, 2 * l->capacity);
  // messages may be moved as bytes: nothing points into them
  auto* const grown =
      static_cast<list_payload*>(reallocate_payload(l, bytes_for(l->elements, capacity)));
  grown->capacity = capacity;
  grown->data = grown + 1;
  return grown;
}

template <class T>
T* end_of(list_payload* l) {
  return static_cast<T*>(l->data) + l->size;
}

void put(list_payload* l, message&& m) {
  switch (l->elements) {
    case element::boolean:
      *end_of<bool>(l) = m.as_boolean();
      break;
    case element::integer:
      *end_of<std::int64_t>(l) = m.as_integer();
      break;
    case element::floating:
      *end_of<double>(l) = m.as_floating();
      break;
    case element::general:
      new (end_of<message>(l)) message(std::move(m));
      break;
  }
  ++l->size;
}

list_payload* as_general(list_payload* l, std::size_t capacity) {
  list_payload* const general = new_list(element::general, capacity);
  for (std::size_t i = 0; i < l->size; ++i) put(general, element_at(*l, i));
  free_payload(l);
  return general;
}

}  // namespace

element element_of(kind k) {
  switch (k) {
    case kind::boolean:
      return element::boolean;
    case kind::integer:
      return element::integer;
    case kind::floating:
      return element::floating;
    default:
      return element::general;
  }
}

list_payload* new_list(element e, std::size_t capacity) {
  auto* const l = new (allocate_payload(bytes_for(e, capacity))) list_payload(e, 0);
  l->capacity = capacity;
  l->data = l + 1;
  return l;
}

list_payload* add_element(list_payload* l, message&& m) {
  if (l->elements != element::general && l->elements != element_of(m.kind_of()))
    l = as_general(l, std::max(l->capacity, l->size + 1));
  l = with_capacity(l, l->size + 1);
  put(l, std::move(m));
  return l;
}

list_payload* add_elements(list_payload* l, const list_payload& source, std::size_t from,
                           std::size_t count) {
  const std::size_t needed = l->size + count;
  if (l->elements != source.elements && l->elements != element::general)
    l = as_general(l, std::max(l->capacity, needed));
  l = with_capacity(l, needed);
  if (l->elements != source.elements) {
    for (std::size_t i = 0; i < count; ++i) put(l, element_at(source, from + i));
    return l;
  }
  if (l->elements == element::general) {
    std::uninitialized_copy_n(source.as<message>() + from, count, end_of<message>(l));
  } else {
    const std::size_t width = bytes_of(l->elements);
    std::memcpy(static_cast<char*>(l->data) + l->size * width, source.as<char>() + from * width,
                count * width);
  }
  l->size = needed;
  return l;
}

}  // namespace nevaperf::runtime
