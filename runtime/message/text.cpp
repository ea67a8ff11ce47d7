// The blanks of containers, as Neva's runtime sets them. Three layouts:
//
//   loose    the value itself, and the data of unions in it: union `{ "tag": "X", "data": ... }`;
//            a list's elements are compact, the values of a dict or struct spaced
//   spaced   `{"a": 1, "b": [1, 2]}`, union `{"tag": "X", "data": ...}`
//   compact  `{"a":1,"b":[1,2]}`: inside a list, where Go's encoder takes blanks out and escapes
//            <, > and & even in tags, and refuses what is no JSON
//
// Everything inside spaced or compact has the same layout. Keys and fields are sorted by their
// bytes; the original does not sort the fields of a struct inside a dict or struct, but their order
// there varies from run to run.
#include "runtime/message/text.hpp"

#include <cmath>
#include <cstdint>
#include <vector>

#include "runtime/message/containers.hpp"
#include "runtime/message/list_payload.hpp"
#include "runtime/message/structure.hpp"
#include "runtime/message/text_parts.hpp"

namespace nevaperf::runtime {
namespace {

enum class layout : std::uint8_t { loose, spaced, compact };

// A container whose text has begun: what is left of it.
struct frame {
  kind container;
  layout inside;
  bool at_start = true;
  const message* next = nullptr;
  const message* end = nullptr;
  const atom* names = nullptr;  // of structs
};

class writer {
 public:
  explicit writer(std::string& out) : out_(out) {}

  // A string is quoted, as everywhere but at the top.
  void write(const message& m) {
    value(m, layout::loose);
    while (!open_.empty()) step();
  }

  // The first thing written that Go's encoder would have refused; empty if there was none.
  [[nodiscard]] const std::string& refused() const { return refused_; }

 private:
  // Writes a scalar; begins a container, of which `step` writes the rest.
  void value(const message& m, layout l) {
    const message* current = &m;
    while (current->is(kind::tagged)) {
      union_head(*current, l);
      const kind k = current->data_kind();
      if (k == kind::none) return close_union(l);
      open_.push_back({kind::tagged, l});
      if (k != kind::tagged) return contents(k, current->data(), l);
      current = &static_cast<const boxed_payload*>(current->shared_payload())->inner;
    }
    contents(current->kind_of(), *current, l);
  }

  // `m` may be a copy: only its payload, which a container that is being written keeps alive, is
  // referred to later.
  void contents(kind k, const message& m, layout l) {
    switch (k) {
      case kind::boolean:
        out_ += m.as_boolean() ? "true" : "false";
        break;
      case kind::integer:
        append_integer(out_, m.as_integer());
        break;
      case kind::floating:
        number(m.as_floating(), l);
        break;
      case kind::string:
        append_json_string(out_, m.as_string());
        break;
      case kind::bytes:
        out_ += '"';
        append_base64(out_, m.as_bytes());
        out_ += '"';
        break;
      case kind::list:
        begin_list(static_cast<const list_payload*>(m.shared_payload()), l);
        break;
      case kind::dict:
        begin_dict(static_cast<const dict_payload*>(m.shared_payload()), l);
        break;
      case kind::structure:
        begin_structure(static_cast<const structure_payload*>(m.shared_payload()), l);
        break;
      case kind::none:
      case kind::tagged:
        out_ += "none";
        break;
    }
  }

  void number(double v, layout l) {
    append_float(out_, v);
    if (l == layout::compact && !std::isfinite(v)) refuse(v);
  }

  void refuse(double v) {
    if (!refused_.empty()) return;
    refused_ = "the float ";
    append_float(refused_, v);
  }

  void union_head(const message& m, layout l) {
    constexpr std::string_view heads[] = {"{ \"tag\": ", "{\"tag\": ", "{\"tag\":"};
    constexpr std::string_view data[] = {", \"data\": ", ", \"data\": ", ",\"data\":"};
    out_ += heads[static_cast<std::size_t>(l)];
    if (l == layout::compact)
      compact_tag(m.tag().text());
    else
      append_go_quoted(out_, m.tag().text());
    if (m.has_data()) out_ += data[static_cast<std::size_t>(l)];
  }

  void compact_tag(std::string_view tag) {
    std::string quoted;
    append_go_quoted(quoted, tag);
    for (std::size_t i = 0; i < quoted.size(); ++i) {
      const char c = quoted[i];
      if (c == '<' || c == '>' || c == '&') {
        out_ += c == '<' ? "\\u003c" : c == '>' ? "\\u003e" : "\\u0026";
        continue;
      }
      out_ += c;
      if (c != '\\') continue;
      const char escape = quoted[++i];  // there always is one
      out_ += escape;
      const bool is_json = escape != 'a' && escape != 'v' && escape != 'x' && escape != 'U';
      if (!is_json && refused_.empty()) refused_ = "the tag " + quoted;
    }
  }

  void close_union(layout l) { out_ += l == layout::loose ? " }" : "}"; }

  static layout inside_list(layout l) { return l == layout::loose ? layout::compact : l; }
  static layout inside_fields(layout l) { return l == layout::loose ? layout::spaced : l; }
  void separate(layout l) { out_ += l == layout::compact ? "," : ", "; }

  void begin_list(const list_payload* list, layout l) {
    out_ += '[';
    const layout inside = inside_list(l);
    if (list && list->elements == element::general) {
      const auto* const first = list->as<message>();
      open_.push_back({kind::list, inside, true, first, first + list->size, nullptr});
      return;
    }
    for (std::size_t i = 0; list && i < list->size; ++i) {
      if (i != 0) separate(inside);
      const message m = element_at(*list, i);
      contents(m.kind_of(), m, inside);
    }
    out_ += ']';
  }

  void begin_dict(const dict_payload* d, layout l) {
    out_ += '{';
    const message* const first = d ? &d->entries()->key : nullptr;
    open_.push_back(
        {kind::dict, inside_fields(l), true, first, d ? first + 2 * d->size : nullptr, nullptr});
  }

  void begin_structure(const structure_payload* s, layout l) {
    out_ += '{';
    const std::span<const atom> names = s ? s->form->fields() : std::span<const atom>();
    const message* const first = s ? s->values() : nullptr;
    open_.push_back({kind::structure, inside_fields(l), true, first,
                     s ? first + names.size() : nullptr, names.data()});
  }

  void step() {
    frame& top = open_.back();
    if (top.next == top.end) {
      if (top.container == kind::tagged)
        close_union(top.inside);
      else
        out_ += top.container == kind::list ? ']' : '}';
      open_.pop_back();
      return;
    }
    if (!std::exchange(top.at_start, false)) separate(top.inside);
    if (top.container == kind::dict) key((top.next++)->as_string(), top.inside);
    if (top.container == kind::structure) key((top.names++)->text(), top.inside);
    const message& next = *top.next++;
    value(next, top.inside);  // may push: `top` is not valid any more
  }

  void key(std::string_view name, layout l) {
    append_json_string(out_, name);
    out_ += l == layout::compact ? ":" : ": ";
  }

  std::string& out_;
  std::vector<frame> open_;
  std::string refused_;
};

}  // namespace

void append_text(std::string& out, const message& m) {
  if (m.is(kind::string))
    out += m.as_string();
  else
    append_json(out, m);
}

std::string text_of(const message& m) {
  std::string out;
  append_text(out, m);
  return out;
}

void append_json(std::string& out, const message& m) {
  writer(out).write(m);
}

base::result<void> append_checked_text(std::string& out, const message& m) {
  if (m.is(kind::string)) {
    out += m.as_string();
    return {};
  }
  writer w(out);
  w.write(m);
  if (w.refused().empty()) return {};
  return base::error{w.refused() + " has no text inside a list", "",
                     "keep such values out of lists that are printed"};
}

}  // namespace nevaperf::runtime
