// Structs, dicts and unions: building them and getting at their parts.
#include <string>
#include <vector>

#include "runtime/message/dict.hpp"
#include "runtime/message/list.hpp"
#include "runtime/message/structure.hpp"
#include "runtime/nodes/error_value.hpp"
#include "runtime/nodes/families.hpp"
#include "runtime/nodes/field_step.hpp"

namespace nevaperf::runtime {

namespace {

using started = base::result<node_task>;

node_task field(input data, output res, std::vector<field_step> path) {
  for (;;) {
    const message whole = co_await data.receive();
    const message* part = &whole;
    for (field_step& step : path) part = &step.in(data, *part);
    co_await res.send(*part);
  }
}

started start_field(const binding& b) {
  const base::error wrong{.what = "the configuration must be a list of field names",
                          .where = {},
                          .next = "give it as {\"type\": \"list\", \"list\": [strings]}"};
  if (!b.config.is(kind::list) || list_size(b.config) == 0) return wrong;
  std::vector<field_step> path;
  for (std::size_t i = 0; i < list_size(b.config); ++i) {
    const message name = list_at(b.config, i);
    if (!name.is(kind::string)) return wrong;
    path.emplace_back(atom::intern(name.as_string()));
  }
  return field(b.in("data"), b.out("res"), std::move(path));
}

// `fields` are in the order of the shape's slots.
node_task struct_builder(const shape* form, std::span<channel* const> fields, output res) {
  std::vector<message> values(fields.size());
  for (;;) {
    co_await receive_all(fields, values);
    co_await res.send(make_structure(form, values));
  }
}

started start_struct_builder(const binding& b) {
  if (b.ins.empty())
    return base::error{
        .what = "struct_builder has no input", .where = {}, .next = "connect one input a field"};
  std::vector<atom> names;
  for (const bound_port& p : b.ins) names.push_back(atom::intern(p.name));
  const shape* form = shape::intern(names);
  const std::span<channel*> fields = b.memory.array<channel*>(b.ins.size());
  for (std::size_t slot = 0; slot < fields.size(); ++slot)
    fields[slot] = b.in(form->fields()[slot].text()).raw();
  return struct_builder(form, fields, b.out("res"));
}

node_task union_wrap(input data, input tag, output res) {
  for (;;) {
    auto [value, label] = co_await receive_both(data, tag);
    co_await res.send(message::tagged(tag.expect(label, kind::tagged).tag(), std::move(value)));
  }
}

node_task get_dict_value(input dict, input key, output res, output err) {
  for (;;) {
    auto [entries, wanted] = co_await receive_both(dict, key);
    const message* found = dict_find(dict.expect(entries, kind::dict), key.string(wanted));
    if (found != nullptr)
      co_await res.send(*found);
    else
      co_await err.send(error_value("Key not found in dictionary"));
  }
}

constexpr function table[] = {
    {.ref = "field",
     .ins = "data",
     .outs = "res",
     .config = config_rule::required,
     .start = start_field,
     .summary = "The field of a struct that the path in the configuration leads to.",
     .config_form = "a list of field names, the outermost first"},
    {.ref = "struct_builder",
     .ins = "*",
     .outs = "res",
     .start = start_struct_builder,
     .summary = "A struct with one field for each input, named like it."},
    {.ref = "union_wrap",
     .ins = "data tag",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return union_wrap(b.in("data"), b.in("tag"), b.out("res"));
     },
     .summary = "A union with the tag of `tag` around `data`."},
    {.ref = "get_dict_value_by_key",
     .ins = "dict key",
     .outs = "res err",
     .start = [](const binding& b) -> started {
       return get_dict_value(b.in("dict"), b.in("key"), b.out("res"), b.out("err"));
     },
     .summary = "The value of a key.",
     .errors = "`Key not found in dictionary`"},
};

}  // namespace

std::span<const function> record_functions() {
  return table;
}

}  // namespace nevaperf::runtime
