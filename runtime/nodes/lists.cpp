// Lists. They are immutable: each function gives a new list and leaves its input as it was.
#include "runtime/message/list.hpp"

#include "runtime/nodes/bounds.hpp"
#include "runtime/nodes/error_value.hpp"
#include "runtime/nodes/families.hpp"

namespace nevaperf::runtime {

namespace {

using started = base::result<node_task>;

node_task length(input data, output res) {
  for (;;) {
    const message list = co_await data.receive();
    const std::size_t size = list_size(data.expect(list, kind::list));
    co_await res.send(message::integer(static_cast<std::int64_t>(size)));
  }
}

node_task at(input data, input idx, output res, output err) {
  for (;;) {
    auto [list, index] = co_await receive_both(data, idx);
    const auto place = place_in(list_size(data.expect(list, kind::list)), idx.integer(index));
    if (place)
      co_await res.send(list_at(list, *place));
    else
      co_await err.send(error_value("index out of bounds"));
  }
}

node_task slice(input data, input from, input to, output res) {
  channel* const ports[] = {data.raw(), from.raw(), to.raw()};
  message got[3];
  for (;;) {
    co_await receive_all(ports, got);
    const message list = std::move(got[0]);
    const part p =
        part_of(list_size(data.expect(list, kind::list)), from.integer(got[1]), to.integer(got[2]));
    for (message& m : got) m = message();
    co_await res.send(list_slice(list, p.from, p.to));
  }
}

node_task append(input data, input lst, output res) {
  for (;;) {
    auto [item, list] = co_await receive_both(data, lst);
    lst.expect(list, kind::list);
    co_await res.send(list_append(std::move(list), std::move(item)));
  }
}

node_task prepend(input data, input lst, output res) {
  for (;;) {
    auto [item, list] = co_await receive_both(data, lst);
    co_await res.send(list_prepend(std::move(item), lst.expect(list, kind::list)));
  }
}

node_task concat(input left, input right, output res) {
  for (;;) {
    auto [l, r] = co_await receive_both(left, right);
    left.expect(l, kind::list);
    co_await res.send(list_concat(std::move(l), right.expect(r, kind::list)));
  }
}

constexpr function table[] = {
    {.ref = "list_len",
     .ins = "data",
     .outs = "res",
     .start = [](const binding& b) -> started { return length(b.in("data"), b.out("res")); },
     .summary = "The number of elements."},
    {.ref = "list_at",
     .ins = "data idx",
     .outs = "res err",
     .start = [](const binding& b) -> started {
       return at(b.in("data"), b.in("idx"), b.out("res"), b.out("err"));
     },
     .summary = "The element at `idx`; a negative one counts from the end.",
     .errors = "`index out of bounds`"},
    {.ref = "list_slice",
     .ins = "data from to",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return slice(b.in("data"), b.in("from"), b.in("to"), b.out("res"));
     },
     .summary = "The elements from `from` up to `to`, without `to`. Negative bounds count from the "
                "end, bounds beyond the ends are moved there, reversed bounds give nothing."},
    {.ref = "list_append",
     .ins = "data lst",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return append(b.in("data"), b.in("lst"), b.out("res"));
     },
     .summary = "The list with `data` behind its last element."},
    {.ref = "list_prepend",
     .ins = "data lst",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return prepend(b.in("data"), b.in("lst"), b.out("res"));
     },
     .summary = "The list with `data` before its first element."},
    {.ref = "list_concat",
     .ins = "left right",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return concat(b.in("left"), b.in("right"), b.out("res"));
     },
     .summary = "The elements of `left`, then those of `right`."},
};

}  // namespace

std::span<const function> list_functions() {
  return table;
}

}  // namespace nevaperf::runtime
