#include "runtime/port/message_form.hpp"

#include <new>

#include "runtime/message/containers.hpp"

namespace nevaperf::runtime {

namespace {

constexpr std::int64_t small_integers = 256;

bool needs_no_box(const message& m) noexcept {
  if (m.is(kind::boolean)) return true;
  return m.is(kind::integer) && m.as_integer() >= 0 && m.as_integer() < small_integers;
}

}  // namespace

message packed_in_box(message&& m) {
  if (needs_no_box(m)) return std::move(m);
  // No kind: no other message looks like a box.
  return message::adopt(kind::none,
                        new (allocate_payload(sizeof(boxed_payload))) boxed_payload(std::move(m)));
}

message unpacked_from_box(message&& m) noexcept {
  if (!m.is(kind::none)) return std::move(m);
  const message box = std::move(m);
  // Nobody else has this box: it was made for one send.
  return std::move(static_cast<boxed_payload*>(box.shared_payload())->inner);
}

wide_message::wide_message(message&& m) noexcept : core(std::move(m)), any(core.shared_payload()) {
  if (any == nullptr) return;
  any_type = static_cast<std::uint64_t>(any->type);
  if (!core.is(kind::string)) return;
  text = core.as_string().data();
  text_bytes = core.as_string().size();
}

void wide_ring::push(message&& m) noexcept {
  const std::size_t at = first_ + count_++;
  cells_[at < cells_.size() ? at : at - cells_.size()] = wide_message(std::move(m));
}

message wide_ring::pop() noexcept {
  received_ = std::move(cells_[first_]);
  first_ = first_ + 1 == cells_.size() ? 0 : first_ + 1;
  --count_;
  return std::move(received_.core);
}

}  // namespace nevaperf::runtime
