#include "tests/runtime/message/reference.hpp"

#include <array>
#include <limits>
#include <utility>

#include "runtime/message/dict.hpp"
#include "runtime/message/list.hpp"
#include "runtime/message/structure.hpp"
#include "runtime/message/text.hpp"

namespace nevaperf::tests {
namespace {

using runtime::atom;
using runtime::message;

template <class T, std::size_t N>
const T& one_of(generator& g, const std::array<T, N>& choices) {
  return choices[below(g, N)];
}

const std::array<const char*, 4> names{"A", "B", "data", "a<b"};

model_value random_scalar(generator& g) {
  constexpr std::array ints{std::int64_t{0}, std::int64_t{1}, std::int64_t{-7},
                            std::numeric_limits<std::int64_t>::min()};
  constexpr std::array floats{0.0, -0.0,    1.0,
                              1e6, -2.5e-9, std::numeric_limits<double>::quiet_NaN()};
  switch (below(g, 5)) {
    case 0:
      return {below(g, 2) == 0};
    case 1:
      return {one_of(g, ints)};
    case 2:
      return {one_of(g, floats)};
    case 3:
      return {model_bytes{random_text(g)}};
    default:
      return {random_text(g)};
  }
}

model_list random_list(generator& g, int depth) {
  model_list list(below(g, 5) == 0 ? 30 : below(g, 5));
  const bool is_typed = below(g, 2) == 0;
  const std::size_t type = below(g, 3);
  for (model_value& v : list) {
    if (!is_typed || below(g, 50) == 0)
      v = random_value(g, depth);
    else if (type == 0)
      v = {below(g, 2) == 0};
    else if (type == 1)
      v = {static_cast<std::int64_t>(below(g, 3))};
    else
      v = {static_cast<double>(below(g, 2))};
  }
  return list;
}

std::vector<message> build_all(generator& g, const model_list& list) {
  std::vector<message> all;
  for (const model_value& v : list) all.push_back(build(g, v));
  return all;
}

message build_by_builder(const std::vector<message>& all, std::size_t from, std::size_t to) {
  runtime::list_builder builder(to % 3);
  for (std::size_t i = from; i < to; ++i) builder.append(all[i]);
  return std::move(builder).build();
}

message build_list(generator& g, const model_list& list) {
  const std::vector<message> all = build_all(g, list);
  const std::size_t n = all.size();
  const std::size_t cut = below(g, n + 1);
  switch (below(g, 5)) {
    case 0:
      return runtime::make_list(all);
    case 1: {
      message l = runtime::empty_list();
      const message kept = below(g, 2) == 0 ? l : message::integer(0);
      for (const message& m : all) {
        const message second_owner = below(g, 4) == 0 ? l : message::integer(0);
        l = runtime::list_append(std::move(l), m);
      }
      return l;
    }
    case 2: {
      message l = build_by_builder(all, cut, n);
      for (std::size_t i = cut; i-- > 0;) l = runtime::list_prepend(all[i], l);
      return l;
    }
    case 3: {
      message left = build_by_builder(all, 0, cut);
      const message second_owner = below(g, 2) == 0 ? left : message::integer(0);
      return runtime::list_concat(std::move(left), build_by_builder(all, cut, n));
    }
    default: {
      // other elements around it, of other kinds at times, then cut out
      std::vector<message> wide(below(g, 3),
                                below(g, 2) == 0 ? message::integer(1) : message::string("other"));
      const std::size_t before = wide.size();
      wide.insert(wide.end(), all.begin(), all.end());
      wide.resize(wide.size() + below(g, 3), message::boolean(true));
      const message l = runtime::make_list(wide);
      const message outer = runtime::list_slice(l, before / 2, before + n);
      return runtime::list_slice(outer, before - before / 2, before - before / 2 + n);
    }
  }
}

message build_structure(generator& g, const model_fields& f) {
  std::vector<atom> fields;
  std::vector<message> values;  // std::map sorts by bytes, as shapes do
  for (const auto& [name, v] : f.values) {
    fields.push_back(atom::intern(name));
    values.push_back(build(g, v));
  }
  return runtime::make_structure(runtime::shape::intern(fields), values);
}

message build_dict(generator& g, const model_dict& d) {
  std::vector<std::pair<message, message>> entries;
  for (const auto& [name, v] : d) {
    if (below(g, 8) == 0)
      entries.emplace_back(message::string(name), message::string("overridden"));
    entries.emplace_back(message::string(name), build(g, v));
  }
  return runtime::make_dict(std::move(entries));
}

std::string scalar_text(const model_value& v, bool* is_scalar) {
  *is_scalar = true;
  std::string out;
  if (const auto* b = std::get_if<bool>(&v.v)) return *b ? "true" : "false";
  if (const auto* i = std::get_if<std::int64_t>(&v.v)) return std::to_string(*i);
  if (const auto* f = std::get_if<double>(&v.v)) return runtime::append_float(out, *f), out;
  if (const auto* s = std::get_if<std::string>(&v.v)) {
    runtime::append_json_string(out, *s);
    return out;
  }
  if (const auto* y = std::get_if<model_bytes>(&v.v))
    return runtime::text_of(message::bytes(y->data));
  *is_scalar = false;
  return {};
}

std::string quoted_tag(const model_union& u) {
  std::string out;
  runtime::append_go_quoted(out, u.tag);
  return out;
}

// What the original does inside dicts and structs.
std::string nested_text(const model_value& v) {
  bool is_scalar = false;
  if (std::string text = scalar_text(v, &is_scalar); is_scalar) return text;
  std::string out;
  const auto separate = [&out] { out += out.size() > 1 ? ", " : ""; };
  const auto add_field = [&](const std::string& name, const model_value& value) {
    separate();
    runtime::append_json_string(out, name);
    out += ": " + nested_text(value);
  };
  if (const auto* l = std::get_if<model_list>(&v.v)) {
    out = "[";
    for (const model_value& e : *l) separate(), out += nested_text(e);
    return out + "]";
  }
  if (const auto* u = std::get_if<model_union>(&v.v)) {
    out = "{\"tag\": " + quoted_tag(*u);
    if (u->data) out += ", \"data\": " + nested_text(*u->data);
    return out + "}";
  }
  out = "{";
  if (const auto* d = std::get_if<model_dict>(&v.v))
    for (const auto& [name, value] : *d) add_field(name, value);
  else
    for (const auto& [name, value] : std::get<model_fields>(v.v).values) add_field(name, value);
  return out + "}";
}

// What Go's encoder does to the text that an element's own encoder made.
std::string compacted(const std::string& json) {
  std::string out;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (c == '<')
      out += "\\u003c";
    else if (c == '>')
      out += "\\u003e";
    else if (c == '&')
      out += "\\u0026";
    else if (in_string || c != ' ')
      out += c;
    if (in_string && c == '\\')
      out += json[++i];
    else if (c == '"')
      in_string = !in_string;
  }
  return out;
}

std::string own_text(const model_value& v) {
  if (const auto* l = std::get_if<model_list>(&v.v)) {
    std::string out = "[";
    for (const model_value& e : *l) {
      if (out.size() > 1) out += ",";
      out += compacted(own_text(e));
    }
    return out + "]";
  }
  if (const auto* u = std::get_if<model_union>(&v.v)) {
    std::string out = "{ \"tag\": " + quoted_tag(*u);
    if (u->data) out += ", \"data\": " + own_text(*u->data);
    return out + " }";
  }
  return nested_text(v);
}

}  // namespace

std::size_t below(generator& g, std::size_t end) {
  return g() % end;
}

std::string random_text(generator& g) {
  static const std::array<std::string, 14> pieces{"",
                                                  "a",
                                                  "b",
                                                  "abcdefgh",
                                                  "<&>",
                                                  "\"\\",
                                                  "\n\x01\b\f\x7f",
                                                  "\u00e9",
                                                  "\u2028",
                                                  "\U0001f600",
                                                  "\xff\xc3",
                                                  std::string("\0", 1),
                                                  "a, b: c",
                                                  "\xed\xa0\x80"};
  std::string text;
  for (std::size_t n = below(g, 4); n > 0; --n) text += one_of(g, pieces);
  return text;
}

model_value random_value(generator& g, int depth) {
  if (depth == 0) return random_scalar(g);
  switch (below(g, 6)) {
    case 0:
      return {random_list(g, depth - 1)};
    case 1: {
      model_dict d;
      for (std::size_t n = below(g, 4); n > 0; --n) d[random_text(g)] = random_value(g, depth - 1);
      return {std::move(d)};
    }
    case 2: {
      model_fields f;
      for (std::size_t n = below(g, 4); n > 0; --n)
        f.values[one_of(g, names)] = random_value(g, depth - 1);
      return {std::move(f)};
    }
    case 3:
    case 4: {
      model_union u{one_of(g, names), nullptr};
      if (below(g, 4) != 0)
        u.data = std::make_shared<const model_value>(random_value(g, depth - 1));
      return {std::move(u)};
    }
    default:
      return random_scalar(g);
  }
}

model_value mutated(generator& g, const model_value& v) {
  if (below(g, 6) == 0) return random_value(g, 1);
  model_value copy = v;
  if (auto* l = std::get_if<model_list>(&copy.v)) {
    if (!l->empty()) {
      model_value& chosen = (*l)[below(g, l->size())];
      chosen = mutated(g, chosen);
    }
  } else if (auto* d = std::get_if<model_dict>(&copy.v)) {
    if (!d->empty()) d->begin()->second = mutated(g, d->begin()->second);
  } else if (auto* f = std::get_if<model_fields>(&copy.v)) {
    if (!f->values.empty()) f->values.rbegin()->second = mutated(g, f->values.rbegin()->second);
  } else if (auto* u = std::get_if<model_union>(&copy.v)) {
    if (below(g, 5) == 0)
      u->data = nullptr;
    else if (u->data)
      u->data = std::make_shared<const model_value>(mutated(g, *u->data));
  }
  return copy;
}

message build(generator& g, const model_value& v) {
  struct visitor {
    generator& g;
    message operator()(bool b) const { return message::boolean(b); }
    message operator()(std::int64_t i) const { return message::integer(i); }
    message operator()(double f) const { return message::floating(f); }
    message operator()(const std::string& s) const {
      // by way of a union a short string can come to have a payload
      if (below(g, 3) == 0) return message::tagged(atom::intern("x"), message::string(s)).data();
      return message::string(s);
    }
    message operator()(const model_bytes& b) const { return message::bytes(b.data); }
    message operator()(const model_list& l) const { return build_list(g, l); }
    message operator()(const model_dict& d) const { return build_dict(g, d); }
    message operator()(const model_fields& f) const { return build_structure(g, f); }
    message operator()(const model_union& u) const {
      const atom tag = atom::intern(u.tag);
      return u.data ? message::tagged(tag, build(g, *u.data)) : message::tagged(tag);
    }
  };
  return std::visit(visitor{g}, v.v);
}

bool model_equal(const model_value& a, const model_value& b) {
  if (a.v.index() != b.v.index()) return false;
  const auto equal_maps = [](const model_dict& x, const model_dict& y) {
    if (x.size() != y.size()) return false;
    for (const auto& [name, value] : x) {
      const auto found = y.find(name);
      if (found == y.end() || !model_equal(value, found->second)) return false;
    }
    return true;
  };
  if (const auto* l = std::get_if<model_list>(&a.v)) {
    const auto& r = std::get<model_list>(b.v);
    if (l->size() != r.size()) return false;
    for (std::size_t i = 0; i < r.size(); ++i)
      if (!model_equal((*l)[i], r[i])) return false;
    return true;
  }
  if (const auto* d = std::get_if<model_dict>(&a.v))
    return equal_maps(*d, std::get<model_dict>(b.v));
  if (const auto* f = std::get_if<model_fields>(&a.v))
    return equal_maps(f->values, std::get<model_fields>(b.v).values);
  if (const auto* u = std::get_if<model_union>(&a.v)) {
    const auto& w = std::get<model_union>(b.v);
    if (u->tag != w.tag || !u->data != !w.data) return false;
    return !u->data || model_equal(*u->data, *w.data);
  }
  if (const auto* y = std::get_if<model_bytes>(&a.v))
    return y->data == std::get<model_bytes>(b.v).data;
  if (const auto* s = std::get_if<std::string>(&a.v)) return *s == std::get<std::string>(b.v);
  if (const auto* x = std::get_if<double>(&a.v)) return *x == std::get<double>(b.v);
  if (const auto* i = std::get_if<std::int64_t>(&a.v)) return *i == std::get<std::int64_t>(b.v);
  return std::get<bool>(a.v) == std::get<bool>(b.v);
}

bool model_matches(const model_value& v, const model_value& pattern) {
  const auto* u = std::get_if<model_union>(&v.v);
  const auto* p = std::get_if<model_union>(&pattern.v);
  if (!u || !p) return model_equal(v, pattern);
  if (u->tag != p->tag) return false;
  if (!p->data) return true;
  return u->data && model_equal(*u->data, *p->data);
}

std::string model_text(const model_value& v) {
  if (const auto* s = std::get_if<std::string>(&v.v)) return *s;
  return own_text(v);
}

}  // namespace nevaperf::tests
