// Strings and bytes.
#include "runtime/message/list.hpp"
#include "runtime/message/utf8.hpp"
#include "runtime/nodes/error_value.hpp"
#include "runtime/nodes/families.hpp"
#include "runtime/nodes/go_strings.hpp"
#include "runtime/nodes/numeric.hpp"
#include "runtime/nodes/stream_event.hpp"

namespace nevaperf::runtime {

namespace {

using started = base::result<node_task>;
using text = std::string_view;

struct concatenate {
  static message of(text l, text r) {
    const text parts[] = {l, r};
    return message::concatenation(parts);
  }
};
struct greater {
  static message of(text l, text r) { return message::boolean(l > r); }
};
struct lesser {
  static message of(text l, text r) { return message::boolean(l < r); }
};
struct split_parts {
  static message of(text whole, text delimiter) {
    const std::vector<text> parts = split(whole, delimiter);
    list_builder list(parts.size());
    for (const text part : parts) list.append(message::string(part));
    return std::move(list).build();
  }
};
struct to_upper {
  static message of(text t) { return message::string(upper(t)); }
};
struct to_lower {
  static message of(text t) { return message::string(lower(t)); }
};
struct to_bytes {
  static message of(text t) { return message::bytes(t); }
};
struct from_bytes {
  static message of(text t) { return message::string(t); }
};
struct from_code_point {
  static message of(std::int64_t value) {
    const bool fits = value >= 0 && value <= 0x10ffff;
    std::string out;
    append_rune(out, fits ? static_cast<char32_t>(value) : replacement_rune);
    return message::string(out);
  }
};

node_task at(input data, input idx, output res, output err) {
  for (;;) {
    auto [whole, index] = co_await receive_both(data, idx);
    const auto found = rune_at(data.string(whole), idx.integer(index));
    if (found)
      co_await res.send(message::string(*found));
    else
      co_await err.send(error_value("index out of bounds"));
  }
}

node_task slice(input data, input from, input to, output res) {
  channel* const ports[] = {data.raw(), from.raw(), to.raw()};
  message got[3];
  for (;;) {
    co_await receive_all(ports, got);
    message part =
        message::string(rune_slice(data.string(got[0]), from.integer(got[1]), to.integer(got[2])));
    for (message& m : got) m = message();
    co_await res.send(std::move(part));
  }
}

message joined(const input& port, const message& list, text separator) {
  const std::size_t size = list_size(list);
  std::string out;
  for (std::size_t i = 0; i < size; ++i) {
    const message part = list_at(list, i);
    if (i != 0) out += separator;
    out += port.string(part);
  }
  return message::string(out);
}

node_task join_list(input data, input sep, output res) {
  for (;;) {
    auto [list, separator] = co_await receive_both(data, sep);
    co_await res.send(joined(data, data.expect(list, kind::list), sep.string(separator)));
  }
}

// A separator comes only before an item that finds some text, as in the original: leading empty
// items have none.
node_task join_stream(input data, input sep, output res, stream_tags tags) {
  std::string out;
  for (;;) {
    auto [item, separator] = co_await receive_both(data, sep);
    for (;;) {
      const stream_event event = event_of(data, item, tags);
      if (event == stream_event::close) break;
      if (event == stream_event::other) reject_event(data, item);
      if (event == stream_event::open) {
        out.clear();
      } else {
        const message part = item.data();
        if (!out.empty()) out += sep.string(separator);
        out += data.string(part);
      }
      item = co_await data.receive();
    }
    co_await res.send(message::string(out));
    out.clear();
  }
}

constexpr function table[] = {
    binary_function<kind::string, concatenate>("string_add", "left followed by right."),
    binary_function<kind::string, greater>("string_is_greater", "left after right, byte-wise."),
    binary_function<kind::string, lesser>("string_is_lesser", "left before right, byte-wise."),
    {.ref = "string_at",
     .ins = "data idx",
     .outs = "res err",
     .start = [](const binding& b) -> started {
       return at(b.in("data"), b.in("idx"), b.out("res"), b.out("err"));
     },
     .summary = "The rune at `idx` as a string; a negative one counts from the end.",
     .errors = "`index out of bounds`"},
    {.ref = "string_slice",
     .ins = "data from to",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return slice(b.in("data"), b.in("from"), b.in("to"), b.out("res"));
     },
     .summary = "The runes from `from` up to `to`, without `to`; bounds as in `list_slice`. Bytes "
                "that are not UTF-8 become U+FFFD."},
    {.ref = "strings_split",
     .ins = "data delim",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return binary_node<kind::string, split_parts>(b.in("data"), b.in("delim"), b.out("res"));
     },
     .summary = "The list of the parts between the delimiters; an empty delimiter splits into "
                "runes."},
    {.ref = "strings_join_list",
     .ins = "data sep",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return join_list(b.in("data"), b.in("sep"), b.out("res"));
     },
     .summary = "The strings of a list with `sep` between them."},
    {.ref = "strings_join_stream",
     .ins = "data sep",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return join_stream(b.in("data"), b.in("sep"), b.out("res"), stream_tags());
     },
     .summary = "The strings of a stream with `sep` between them, one `sep` a stream. Empty items "
                "at the start get no separator."},
    unary_function<kind::string, to_upper>("strings_to_upper",
                                           "Upper case, rune by rune, as Unicode maps single "
                                           "runes."),
    unary_function<kind::string, to_lower>("strings_to_lower",
                                           "Lower case, rune by rune, as Unicode maps single "
                                           "runes."),
    unary_function<kind::integer, from_code_point>(
        "string_from_int_codepoint", "The rune of that number; U+FFFD if there is none."),
    unary_function<kind::string, to_bytes>("bytes_from_string", "The bytes of a string."),
    unary_function<kind::bytes, from_bytes>("strings_from_bytes",
                                            "A string of the same bytes; they are not checked."),
};

}  // namespace

std::span<const function> string_functions() {
  return table;
}

}  // namespace nevaperf::runtime
