// Streams made of several streams.
#include <deque>
#include <vector>

#include "runtime/message/list.hpp"
#include "runtime/nodes/families.hpp"
#include "runtime/nodes/pair.hpp"
#include "runtime/nodes/stream_event.hpp"

namespace nevaperf::runtime {

namespace {

using started = base::result<node_task>;

node_task zip(input left, input right, output res, stream_tags tags) {
  const shape* const form = pair_shape("left", "right");
  for (;;) {
    auto [l, r] = co_await receive_both(left, right);
    // What comes before an Open belongs to no stream.
    while (event_of(left, l, tags) != stream_event::open) l = co_await left.receive();
    while (event_of(right, r, tags) != stream_event::open) r = co_await right.receive();
    co_await res.send(message::tagged(tags.open));
    stream_event from_left = stream_event::open;
    stream_event from_right = stream_event::open;
    while (from_left != stream_event::close && from_right != stream_event::close) {
      auto [x, y] = co_await receive_both(left, right);
      from_left = event_of(left, x, tags);
      from_right = event_of(right, y, tags);
      if (from_left == stream_event::data && from_right == stream_event::data)
        co_await res.send(message::tagged(tags.data, make_pair(form, x.data(), y.data())));
    }
    co_await res.send(message::tagged(tags.close));
    while (from_left != stream_event::close)
      from_left = event_of(left, co_await left.receive(), tags);
    while (from_right != stream_event::close)
      from_right = event_of(right, co_await right.receive(), tags);
  }
}

// Collects one whole stream from every slot, whichever sends first. What a slot sends beyond its
// stream, while others are not done, is kept for the next round: a sender that runs ahead is never
// blocked, so streams of one source cannot block each other.
class stream_collector {
 public:
  stream_collector(std::span<channel* const> slots, stream_tags tags)
      : tags_(tags), slots_(slots), batches_(slots.size()) {}

  [[nodiscard]] bool is_complete() const { return complete_ == batches_.size(); }

  void add(selected&& got) {
    batch& b = batches_[got.slot];
    if (b.now == state::closed)
      b.early.push_back(std::move(got.value));
    else
      advance(b, got.slot, got.value);
  }

  [[nodiscard]] const std::vector<message>& items(std::size_t slot) const {
    return batches_[slot].items;
  }

  void next_round() {
    complete_ = 0;
    for (std::size_t slot = 0; slot < batches_.size(); ++slot) {
      batch& b = batches_[slot];
      b.now = state::before;
      b.items.clear();
      while (b.now != state::closed && !b.early.empty()) {
        const message m = std::move(b.early.front());
        b.early.pop_front();
        advance(b, slot, m);
      }
    }
  }

 private:
  enum class state { before, open, closed };
  struct batch {
    state now = state::before;
    std::vector<message> items;
    std::deque<message> early;
  };

  void advance(batch& b, std::size_t slot, const message& m) {
    const stream_event event = event_of(input(*slots_[slot]), m, tags_);
    if (b.now == state::before) {
      if (event == stream_event::open) b.now = state::open;
    } else if (event == stream_event::data) {
      b.items.push_back(m.data());
    } else if (event == stream_event::close) {
      b.now = state::closed;
      ++complete_;
    }
  }

  stream_tags tags_;
  std::span<channel* const> slots_;
  std::vector<batch> batches_;
  std::size_t complete_ = 0;
};

message row(const stream_collector& streams, std::size_t width, std::size_t index) {
  list_builder list(width);
  for (std::size_t slot = 0; slot < width; ++slot) list.append(streams.items(slot)[index]);
  return std::move(list).build();
}

node_task zip_many(selector& data, std::span<channel* const> slots, output res, stream_tags tags) {
  stream_collector streams(slots, tags);
  for (;;) {
    while (!streams.is_complete()) streams.add(co_await data.select());
    std::size_t shortest = streams.items(0).size();
    for (std::size_t slot = 1; slot < slots.size(); ++slot)
      shortest = std::min(shortest, streams.items(slot).size());
    co_await res.send(message::tagged(tags.open));
    for (std::size_t i = 0; i < shortest; ++i)
      co_await res.send(message::tagged(tags.data, row(streams, slots.size(), i)));
    co_await res.send(message::tagged(tags.close));
    streams.next_round();
  }
}

node_task product(selector& both, std::span<channel* const> slots, output res, stream_tags tags) {
  const shape* const form = pair_shape("first", "second");
  stream_collector streams(slots, tags);
  for (;;) {
    while (!streams.is_complete()) streams.add(co_await both.select());
    co_await res.send(message::tagged(tags.open));
    for (std::size_t i = 0; i < streams.items(0).size(); ++i)
      for (std::size_t j = 0; j < streams.items(1).size(); ++j)
        co_await res.send(
            message::tagged(tags.data, make_pair(form, streams.items(0)[i], streams.items(1)[j])));
    co_await res.send(message::tagged(tags.close));
    streams.next_round();
  }
}

constexpr function table[] = {
    {.ref = "stream_zip",
     .ins = "left right",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return zip(b.in("left"), b.in("right"), b.out("res"), stream_tags());
     },
     .summary = "The pairs of two streams as structs `{left, right}`, up to the end of the shorter "
                "one; the rest of the longer one is dropped."},
    {.ref = "stream_zip_many",
     .ins = "data[]",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return zip_many(b.select_from("data"), b.in_array("data").channels(), b.out("res"),
                       stream_tags());
     },
     .summary =
         "Collects a stream from each slot, then sends the lists of their first, second, ... "
         "values, up to the end of the shortest."},
    {.ref = "stream_product",
     .ins = "first second",
     .outs = "res",
     .start = [](const binding& b) -> started {
       selector& both = b.select_from({"first", "second"});
       return product(both, both.slots(), b.out("res"), stream_tags());
     },
     .summary = "Collects both streams, then sends each combination as a struct `{first, second}`; "
                "`second` runs fastest."},
};

}  // namespace

std::span<const function> stream_pairing_functions() {
  return table;
}

}  // namespace nevaperf::runtime
