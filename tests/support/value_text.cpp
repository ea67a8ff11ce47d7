#include "tests/support/value_text.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <stdexcept>

#include "runtime/message/dict.hpp"
#include "runtime/message/list.hpp"
#include "runtime/message/structure.hpp"
#include "runtime/message/text.hpp"
#include "runtime/nodes/error_value.hpp"

namespace nevaperf::tests {

using runtime::atom;
using runtime::kind;
using runtime::message;

namespace {

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         c == '.' || c == '+' || c == '-';
}

class reader {
 public:
  explicit reader(std::string_view text) : all_(text), left_(text) {}

  bool at_end() {
    skip_blanks();
    return left_.empty();
  }
  bool take(char c) {
    skip_blanks();
    if (left_.empty() || left_[0] != c) return false;
    left_.remove_prefix(1);
    return true;
  }

  message value() {
    if (take('[')) return list();
    if (take('{')) return dict();
    if (take('(')) return structure();
    if (take('!')) return runtime::error_value(quoted());
    if (left_.starts_with('"')) return message::string(quoted());
    if (left_.starts_with("b\"")) {
      left_.remove_prefix(1);
      return message::bytes(quoted());
    }
    return named(word());
  }

 private:
  [[noreturn]] void fail(const std::string& expected) const {
    throw std::invalid_argument("expected " + expected + " at '" + std::string(left_) + "' in '" +
                                std::string(all_) + "'");
  }

  void skip_blanks() {
    while (!left_.empty() && (left_[0] == ' ' || left_[0] == ',' || left_[0] == '\n'))
      left_.remove_prefix(1);
  }

  std::string_view word() {
    std::size_t size = 0;
    while (size < left_.size() && is_word(left_[size])) ++size;
    if (size == 0) fail("a value");
    const std::string_view w = left_.substr(0, size);
    left_.remove_prefix(size);
    return w;
  }

  message named(std::string_view w) {
    if (w == "true" || w == "false") return message::boolean(w == "true");
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (w == "NaN") return message::floating(std::numeric_limits<double>::quiet_NaN());
    if (w == "+Inf" || w == "-Inf") return message::floating(w[0] == '+' ? infinity : -infinity);
    if (w[0] >= 'A' && w[0] <= 'Z') return tagged(atom::intern(w));
    if (w.find_first_of(".e") == std::string_view::npos) {
      std::int64_t v = 0;
      if (std::from_chars(w.data(), w.data() + w.size(), v).ptr != w.data() + w.size())
        fail("an int");
      return message::integer(v);
    }
    double v = 0;
    if (std::from_chars(w.data(), w.data() + w.size(), v).ptr != w.data() + w.size())
      fail("a float");
    return message::floating(v);
  }

  message tagged(atom tag) {
    if (!left_.starts_with('(')) return message::tagged(tag);
    left_.remove_prefix(1);
    message data = value();
    if (!take(')')) fail(")");
    return message::tagged(tag, std::move(data));
  }

  std::string quoted() {
    if (!take('"')) fail("\"");
    std::string out;
    while (!left_.starts_with('"')) {
      if (left_.empty()) fail("\"");
      char c = left_[0];
      left_.remove_prefix(1);
      if (c == '\\') c = escaped();
      out += c;
    }
    left_.remove_prefix(1);
    return out;
  }

  char escaped() {
    constexpr std::string_view letters = "abfnrtv\\\"";
    constexpr std::string_view meanings = "\a\b\f\n\r\t\v\\\"";
    const char letter = left_.empty() ? '\0' : left_[0];
    if (letter == 'x' && left_.size() > 2) {
      unsigned value = 0;
      std::from_chars(left_.data() + 1, left_.data() + 3, value, 16);
      left_.remove_prefix(3);
      return static_cast<char>(value);
    }
    const std::size_t place = letters.find(letter);
    if (place == std::string_view::npos) fail("an escape");
    left_.remove_prefix(1);
    return meanings[place];
  }

  message list() {
    runtime::list_builder built;
    while (!take(']')) built.append(value());
    return std::move(built).build();
  }

  message dict() {
    std::vector<std::pair<message, message>> entries;
    while (!take('}')) {
      message key = value();
      if (!take(':')) fail(":");
      entries.emplace_back(std::move(key), value());
    }
    return runtime::make_dict(std::move(entries));
  }

  message structure() {
    std::vector<std::pair<atom, message>> fields;
    while (!take(')')) {
      const atom name = atom::intern(word());
      if (!take(':')) fail(":");
      fields.emplace_back(name, value());
    }
    if (fields.empty()) return runtime::empty_structure();
    std::vector<atom> names;
    for (const auto& f : fields) names.push_back(f.first);
    const runtime::shape* form = runtime::shape::intern(names);
    std::vector<message> values(fields.size());
    for (auto& [name, v] : fields) values[*form->slot_of(name)] = std::move(v);
    return runtime::make_structure(form, values);
  }

  std::string_view all_;
  std::string_view left_;
};

std::string quote(std::string_view text) {
  std::string out;
  runtime::append_go_quoted(out, text);
  return out;
}

std::string show_float(double v) {
  std::string out;
  runtime::append_float(out, v);
  return out.find_first_of(".eIN") == std::string::npos ? out + ".0" : out;
}

std::string show_structure(const message& m) {
  if (runtime::equal(m, runtime::error_value(""))) return "!\"\"";
  const auto fields = runtime::shape_of(m)->fields();
  if (fields.size() == 2 && fields[0].text() == "child" && fields[1].text() == "text" &&
      runtime::field_at(m, 1).is(kind::string) &&
      runtime::equal(m, runtime::error_value(runtime::field_at(m, 1).as_string())))
    return "!" + quote(runtime::field_at(m, 1).as_string());
  std::string out = "(";
  for (std::size_t i = 0; i < fields.size(); ++i)
    out +=
        (i == 0 ? "" : ", ") + std::string(fields[i].text()) + ": " + show(runtime::field_at(m, i));
  return out + ")";
}

bool has_tag(const message& m, std::string_view tag) {
  return m.is(kind::tagged) && m.tag().text() == tag;
}

// The number of messages of the whole stream at `first`, 0 if there is none.
std::size_t stream_length(const std::vector<message>& all, std::size_t first) {
  if (!has_tag(all[first], "Open") || all[first].has_data()) return 0;
  std::size_t i = first + 1;
  while (i < all.size() && has_tag(all[i], "Data") && all[i].has_data()) ++i;
  return i < all.size() && has_tag(all[i], "Close") && !all[i].has_data() ? i + 1 - first : 0;
}

}  // namespace

std::vector<message> read_values(std::string_view text) {
  std::vector<message> values;
  reader r(text);
  while (!r.at_end()) {
    if (!r.take('<')) {
      values.push_back(r.value());
      continue;
    }
    values.push_back(message::tagged(atom::intern("Open")));
    while (!r.take('>')) values.push_back(message::tagged(atom::intern("Data"), r.value()));
    values.push_back(message::tagged(atom::intern("Close")));
  }
  return values;
}

message read_value(std::string_view text) {
  const std::vector<message> values = read_values(text);
  if (values.size() != 1) throw std::invalid_argument("not one value: " + std::string(text));
  return values[0];
}

std::string show(const message& m) {
  switch (m.kind_of()) {
    case kind::none:
      return "nothing";
    case kind::boolean:
    case kind::integer:
      return runtime::text_of(m);
    case kind::floating:
      return show_float(m.as_floating());
    case kind::string:
      return quote(m.as_string());
    case kind::bytes:
      return "b" + quote(m.as_bytes());
    case kind::list: {
      std::string out = "[";
      for (std::size_t i = 0; i < runtime::list_size(m); ++i)
        out += (i == 0 ? "" : ", ") + show(runtime::list_at(m, i));
      return out + "]";
    }
    case kind::dict: {
      std::string out = "{";
      for (std::size_t i = 0; i < runtime::dict_size(m); ++i)
        out += (i == 0 ? "" : ", ") + show(runtime::dict_key_at(m, i)) + ": " +
               show(runtime::dict_value_at(m, i));
      return out + "}";
    }
    case kind::structure:
      return show_structure(m);
    case kind::tagged:
      break;
  }
  const std::string tag(m.tag().text());
  return m.has_data() ? tag + "(" + show(m.data()) + ")" : tag;
}

std::string show_all(const std::vector<message>& messages) {
  std::string out;
  for (std::size_t i = 0; i < messages.size();) {
    if (!out.empty()) out += ' ';
    const std::size_t length = stream_length(messages, i);
    if (length == 0) {
      out += show(messages[i++]);
      continue;
    }
    out += '<';
    for (std::size_t k = i + 1; k + 1 < i + length; ++k)
      out += (k == i + 1 ? "" : " ") + show(messages[k].data());
    out += '>';
    i += length;
  }
  return out;
}

}  // namespace nevaperf::tests
