// The messages of a stream: the unions Open, Data x, Close on one port. Several streams may follow
// each other.
//
// Thread safety: tags are constant.
#pragma once

#include "runtime/message/message.hpp"
#include "runtime/port/ports.hpp"

namespace nevaperf::runtime {

struct stream_tags {
  atom open = atom::intern("Open");
  atom data = atom::intern("Data");
  atom close = atom::intern("Close");
};

enum class stream_event { open, data, close, other };

[[noreturn]] inline void reject_event(const input& port, const message& m) {
  port.reject("a stream's Open, Data with a value, or Close", m);
}

// `m` was received at `port`. What is no union, or a Data without a value, fails the run; a union
// with another tag is `other`. A Data's value is `m.data()`.
inline stream_event event_of(const input& port, const message& m, const stream_tags& tags) {
  if (!m.is(kind::tagged)) [[unlikely]]
    reject_event(port, m);
  const atom tag = m.tag();
  if (tag == tags.data) {
    if (!m.has_data()) [[unlikely]]
      reject_event(port, m);
    return stream_event::data;
  }
  if (tag == tags.open) return stream_event::open;
  return tag == tags.close ? stream_event::close : stream_event::other;
}

}  // namespace nevaperf::runtime
