// How messages lie in a channel: variants of the representation, to be measured beside the default.
//
//   tagged16   as they are: kind and inline payload in 16 bytes
//   tagged48   as a flat struct of 48 bytes with room for a kind, scalar bits, a string and a
//              reference, which is copied from the sender into the channel and from there to the
//              receiver
//   boxed      as a boxed interface value: each send puts the message into a box on the heap and
//              passes the pointer, the receiver takes it out. Truth values and the integers from 0
//              to 255 need no box, as with a table of small values.
//
// Nodes see none of it: a message is packed when its send begins and unpacked when it is received.
//
// Thread safety: as the channel that uses it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "runtime/message/message.hpp"

namespace nevaperf::runtime {

enum class message_form : std::uint8_t { tagged16, tagged48, boxed };

// What a channel holds in the form `boxed`: a message in a box, or one that needs none.
[[nodiscard]] message packed_in_box(message&& m);
[[nodiscard]] message unpacked_from_box(message&& m) noexcept;

// A message as a flat struct.
struct wide_message {
  wide_message() noexcept = default;
  explicit wide_message(message&& m) noexcept;

  message core;  // kind, bits, and the reference that counts
  const char* text = nullptr;
  std::size_t text_bytes = 0;
  const payload* any = nullptr;
  std::uint64_t any_type = 0;
};
static_assert(sizeof(wide_message) == 48);

// All messages in a channel of the form `tagged48`, oldest first, that of a waiting sender
// included.
class wide_ring {
 public:
  explicit wide_ring(std::size_t capacity) { reserve(capacity); }
  // Room for `capacity` messages and that of a waiting sender. While empty.
  void reserve(std::size_t capacity) { cells_.resize(capacity + 1); }

  [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
  // The newest message is one too many: its sender has to wait.
  [[nodiscard]] bool is_over_full() const noexcept { return count_ == cells_.size(); }
  void push(message&& m) noexcept;
  [[nodiscard]] message pop() noexcept;

 private:
  std::vector<wide_message> cells_;
  wide_message received_;  // the receiver's copy
  std::size_t first_ = 0;
  std::size_t count_ = 0;
};

}  // namespace nevaperf::runtime
