// Streams from values and back.
#include <vector>

#include "runtime/message/dict.hpp"
#include "runtime/message/list.hpp"
#include "runtime/message/utf8.hpp"
#include "runtime/nodes/families.hpp"
#include "runtime/nodes/field_step.hpp"
#include "runtime/nodes/pair.hpp"
#include "runtime/nodes/stream_event.hpp"

namespace nevaperf::runtime {

namespace {

using started = base::result<node_task>;

node_task int_range(input from, input to, output res, stream_tags tags) {
  for (;;) {
    auto [first, end] = co_await receive_both(from, to);
    const std::int64_t stop = to.integer(end);
    const std::int64_t step = from.integer(first) <= stop ? 1 : -1;
    co_await res.send(message::tagged(tags.open));
    for (std::int64_t i = first.as_integer(); i != stop; i += step)
      co_await res.send(message::tagged(tags.data, message::integer(i)));
    co_await res.send(message::tagged(tags.close));
  }
}

node_task just(input data, output res, stream_tags tags) {
  for (;;) {
    message value = co_await data.receive();
    co_await res.send(message::tagged(tags.open));
    co_await res.send(message::tagged(tags.data, std::move(value)));
    co_await res.send(message::tagged(tags.close));
  }
}

node_task list_to_stream(input data, output res, stream_tags tags) {
  for (;;) {
    const message list = co_await data.receive();
    const std::size_t size = list_size(data.expect(list, kind::list));
    co_await res.send(message::tagged(tags.open));
    for (std::size_t i = 0; i < size; ++i)
      co_await res.send(message::tagged(tags.data, list_at(list, i)));
    co_await res.send(message::tagged(tags.close));
  }
}

// Broken bytes become U+FFFD, one each.
node_task string_to_stream(input data, output res, stream_tags tags) {
  for (;;) {
    const message value = co_await data.receive();
    std::string_view left = data.string(value);
    co_await res.send(message::tagged(tags.open));
    while (!left.empty()) {
      const rune r = decode_rune(left);
      std::string one;
      append_rune(one, r.value);
      left.remove_prefix(r.size);
      co_await res.send(message::tagged(tags.data, message::string(one)));
    }
    co_await res.send(message::tagged(tags.close));
  }
}

node_task dict_to_stream(input data, output res, stream_tags tags) {
  const shape* const form = pair_shape("key", "value");
  for (;;) {
    const message dict = co_await data.receive();
    const std::size_t size = dict_size(data.expect(dict, kind::dict));
    co_await res.send(message::tagged(tags.open));
    for (std::size_t i = 0; i < size; ++i)
      co_await res.send(message::tagged(
          tags.data, make_pair(form, dict_key_at(dict, i), dict_value_at(dict, i))));
    co_await res.send(message::tagged(tags.close));
  }
}

// Opens its stream before anything came, as the original does.
node_task array_port_to_stream(array_input port, output res, stream_tags tags) {
  std::vector<message> got(port.size());
  for (;;) {
    co_await res.send(message::tagged(tags.open));
    co_await port.receive_all(got);
    for (message& m : got) co_await res.send(message::tagged(tags.data, std::move(m)));
    co_await res.send(message::tagged(tags.close));
  }
}

node_task array_port_to_list(array_input port, output res) {
  std::vector<message> got(port.size());
  for (;;) {
    co_await port.receive_all(got);
    list_builder list(got.size());
    for (message& m : got) list.append(std::move(m));
    co_await res.send(std::move(list).build());
  }
}

// An Open in the middle of a stream drops what came before it.
node_task stream_to_list(input data, output res, stream_tags tags) {
  for (;;) {
    list_builder list;
    bool is_cut_off = false;
    for (;;) {
      const message item = co_await data.receive();
      const stream_event event = event_of(data, item, tags);
      if (event == stream_event::data) list.append(item.data());
      is_cut_off = event == stream_event::open && list.size() != 0;
      if (is_cut_off || event == stream_event::close) break;
    }
    if (!is_cut_off) co_await res.send(std::move(list).build());
  }
}

node_task stream_to_dict(input data, output res, stream_tags tags) {
  field_step key(atom::intern("key"));
  field_step value(atom::intern("value"));
  for (;;) {
    std::vector<std::pair<message, message>> entries;
    for (;;) {
      const message item = co_await data.receive();
      const stream_event event = event_of(data, item, tags);
      if (event == stream_event::close) break;
      if (event == stream_event::open) entries.clear();
      if (event != stream_event::data) continue;
      const message entry = item.data();
      const message& name = key.in(data, entry);
      entries.emplace_back(data.expect(name, kind::string), value.in(data, entry));
    }
    co_await res.send(make_dict(std::move(entries)));
  }
}

node_task enumerate(input data, output res, stream_tags tags) {
  const shape* const form = pair_shape("idx", "item");
  std::int64_t idx = 0;
  for (;;) {
    message item = co_await data.receive();
    switch (event_of(data, item, tags)) {
      case stream_event::open:
        idx = 0;
        break;
      case stream_event::data:
        item = message::tagged(tags.data, make_pair(form, message::integer(idx++), item.data()));
        break;
      case stream_event::close:
        break;
      case stream_event::other:
        reject_event(data, item);
    }
    co_await res.send(std::move(item));
  }
}

template <node_task (*Node)(input, output, stream_tags)>
started start_unary(const binding& b) {
  return Node(b.in("data"), b.out("res"), stream_tags());
}

constexpr function table[] = {
    {.ref = "stream_int_range",
     .ins = "from to",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return int_range(b.in("from"), b.in("to"), b.out("res"), stream_tags());
     },
     .summary = "The integers from `from` up or down to `to`, without `to`, as a stream."},
    {.ref = "stream_just",
     .ins = "data",
     .outs = "res",
     .start = start_unary<just>,
     .summary = "A stream of the one value."},
    {.ref = "list_to_stream",
     .ins = "data",
     .outs = "res",
     .start = start_unary<list_to_stream>,
     .summary = "The elements of a list as a stream."},
    {.ref = "string_to_stream",
     .ins = "data",
     .outs = "res",
     .start = start_unary<string_to_stream>,
     .summary = "The runes of a string, each as a string. Bytes that are not UTF-8 become U+FFFD."},
    {.ref = "dict_to_stream",
     .ins = "data",
     .outs = "res",
     .start = start_unary<dict_to_stream>,
     .summary = "The entries of a dict as structs `{key, value}`, in the byte order of the keys."},
    {.ref = "array_port_to_stream",
     .ins = "port[]",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return array_port_to_stream(b.in_array("port"), b.out("res"), stream_tags());
     },
     .summary = "One message of each slot, in the order of the slots, as a stream. Its Open is "
                "sent before the first message comes."},
    {.ref = "array_port_to_list",
     .ins = "port[]",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return array_port_to_list(b.in_array("port"), b.out("res"));
     },
     .summary = "One message of each slot, in the order of the slots, as a list."},
    {.ref = "stream_to_list",
     .ins = "data",
     .outs = "res",
     .start = start_unary<stream_to_list>,
     .summary = "The list of a stream's values, sent at its Close."},
    {.ref = "stream_to_dict",
     .ins = "data",
     .outs = "res",
     .start = start_unary<stream_to_dict>,
     .summary = "The dict of a stream of structs `{key, value}`, sent at its Close; the last entry "
                "of a key counts."},
    {.ref = "stream_enumerate",
     .ins = "data",
     .outs = "res",
     .start = start_unary<enumerate>,
     .summary = "The stream with each value in a struct `{idx, item}`, counted from 0."},
};

}  // namespace

std::span<const function> stream_functions() {
  return table;
}

}  // namespace nevaperf::runtime
