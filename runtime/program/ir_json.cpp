// The reader of IR JSON. The grammar is in ir.hpp.
#include <nlohmann/json.hpp>
#include <set>

#include "runtime/message/dict.hpp"
#include "runtime/message/list.hpp"
#include "runtime/message/structure.hpp"
#include "runtime/program/base64.hpp"
#include "runtime/program/ir.hpp"

namespace nevaperf::runtime {

namespace {

using json = nlohmann::json;

// Configuration values nest as types do; more than this is not a program that a compiler wrote.
constexpr int deepest_value = 1000;
constexpr int deepest_json = 4 * deepest_value;

base::error wrong(const std::string& place, std::string what, std::string next = {}) {
  return {.what = std::move(what), .where = place, .next = std::move(next)};
}

base::error expected(const std::string& place, std::string_view type, const json& got) {
  return wrong(place, "expected " + std::string(type) + ", got " + got.type_name());
}

// Refuses what nlohmann's reader would accept silently: a key twice in one object (a connection
// would be lost) and nesting without end. The first finding counts.
class strict_reading {
 public:
  bool operator()(int depth, json::parse_event_t event, json& parsed) {
    if (event == json::parse_event_t::object_start) keys_.emplace_back();
    if (event == json::parse_event_t::object_end && !keys_.empty()) keys_.pop_back();
    if (event == json::parse_event_t::key && !keys_.back().insert(parsed.get<std::string>()).second)
      note("the key '" + parsed.get<std::string>() + "' occurs twice in one object");
    if (depth > deepest_json) note("nested too deeply");
    return true;
  }
  [[nodiscard]] const std::string& finding() const { return finding_; }

 private:
  void note(std::string what) {
    if (finding_.empty()) finding_ = std::move(what);
  }
  std::vector<std::set<std::string>> keys_;
  std::string finding_;
};

class value_reader {
 public:
  base::result<message> read(const json& value, const std::string& place, int depth = 0) const {
    if (depth > deepest_value) return wrong(place, "the value is nested too deeply");
    if (!value.is_object()) return expected(place, "a value object", value);
    const auto type = value.find("type");
    if (type == value.end()) return wrong(place, "the value has no \"type\"");
    if (!type->is_string()) return expected(place + ".type", "a string", *type);
    const std::string& name = type->get_ref<const std::string&>();
    if (name == "bool") return boolean(value, place);
    if (name == "int") return integer(value, place);
    if (name == "float") return floating(value, place);
    if (name == "string") return string(value, place);
    if (name == "bytes") return bytes(value, place);
    if (name == "list") return list(value, place, depth);
    if (name == "dict") return dict(value, place, depth);
    if (name == "struct") return structure(value, place, depth);
    if (name == "union") return tagged(value, place, depth);
    return wrong(place + ".type", "unknown type '" + name + "'",
                 "known are bool int float string bytes list dict struct union");
  }

 private:
  using read_result = base::result<message>;

  // The part that carries the value; null where it is missing, which means zero.
  static const json* part(const json& value, const char* key) {
    const auto found = value.find(key);
    return found == value.end() || found->is_null() ? nullptr : &*found;
  }

  static read_result boolean(const json& value, const std::string& place) {
    const json* p = part(value, "bool");
    if (p == nullptr) return message::boolean(false);
    if (!p->is_boolean()) return expected(place + ".bool", "true or false", *p);
    return message::boolean(p->get<bool>());
  }

  static read_result integer(const json& value, const std::string& place) {
    const json* p = part(value, "int");
    if (p == nullptr) return message::integer(0);
    if (p->is_number_unsigned() && p->get<std::uint64_t>() > INT64_MAX)
      return wrong(place + ".int", "the integer does not fit into 64 bits");
    if (!p->is_number_integer()) return expected(place + ".int", "an integer of 64 bits", *p);
    return message::integer(p->get<std::int64_t>());
  }

  static read_result floating(const json& value, const std::string& place) {
    const json* p = part(value, "float");
    if (p == nullptr) return message::floating(0);
    if (!p->is_number()) return expected(place + ".float", "a number", *p);
    return message::floating(p->get<double>());
  }

  static read_result string(const json& value, const std::string& place) {
    const json* p = part(value, "str");
    if (p == nullptr) return message::string({});
    if (!p->is_string()) return expected(place + ".str", "a string", *p);
    return message::string(p->get_ref<const std::string&>());
  }

  static read_result bytes(const json& value, const std::string& place) {
    const json* p = part(value, "bytes");
    if (p == nullptr) return message::bytes({});
    if (!p->is_string()) return expected(place + ".bytes", "base64 text", *p);
    const auto decoded = decode_base64(p->get_ref<const std::string&>());
    if (!decoded) return wrong(place + ".bytes", "not base64");
    return message::bytes(*decoded);
  }

  read_result list(const json& value, const std::string& place, int depth) const {
    list_builder elements;
    if (const json* p = part(value, "list")) {
      if (!p->is_array()) return expected(place + ".list", "an array", *p);
      for (std::size_t i = 0; i < p->size(); ++i) {
        read_result element = read((*p)[i], place + ".list[" + std::to_string(i) + "]", depth + 1);
        if (!element) return element;
        elements.append(std::move(*element));
      }
    }
    return std::move(elements).build();
  }

  base::result<std::vector<std::pair<std::string, message>>> entries(const json& value,
                                                                     const std::string& place,
                                                                     int depth) const {
    std::vector<std::pair<std::string, message>> all;
    if (const json* p = part(value, "map")) {
      if (!p->is_object()) return expected(place + ".map", "an object", *p);
      for (const auto& [key, entry] : p->items()) {
        read_result element = read(entry, place + ".map." + key, depth + 1);
        if (!element) return element.error();
        all.emplace_back(key, std::move(*element));
      }
    }
    return all;
  }

  read_result dict(const json& value, const std::string& place, int depth) const {
    auto all = entries(value, place, depth);
    if (!all) return all.error();
    std::vector<std::pair<message, message>> pairs;
    for (auto& [key, entry] : *all) pairs.emplace_back(message::string(key), std::move(entry));
    return make_dict(std::move(pairs));
  }

  read_result structure(const json& value, const std::string& place, int depth) const {
    auto all = entries(value, place, depth);
    if (!all) return all.error();
    std::vector<atom>
        names;  // in the order of a shape's slots: by bytes, as the reader's objects are
    std::vector<message> values;
    for (auto& [name, field] : *all) {
      names.push_back(atom::intern(name));
      values.push_back(std::move(field));
    }
    return make_structure(shape::intern(names), values);
  }

  read_result tagged(const json& value, const std::string& place, int depth) const {
    const json* p = part(value, "union");
    if (p == nullptr) return wrong(place, "the value has no \"union\"");
    if (!p->is_object()) return expected(place + ".union", "an object", *p);
    const json* tag = part(*p, "tag");
    if (tag == nullptr) return wrong(place + ".union", "the union has no \"tag\"");
    if (!tag->is_string()) return expected(place + ".union.tag", "a string", *tag);
    const atom label = atom::intern(tag->get_ref<const std::string&>());
    const json* data = part(*p, "data");
    if (data == nullptr) return message::tagged(label);
    read_result inner = read(*data, place + ".union.data", depth + 1);
    if (!inner) return inner;
    return message::tagged(label, std::move(*inner));
  }
};

base::result<std::vector<ir_address>> read_addresses(const json& io, const char* direction,
                                                     const std::string& place) {
  std::vector<ir_address> all;
  const auto list = io.find(direction);
  if (list == io.end() || list->is_null()) return all;
  const std::string list_place = place + "." + direction;
  if (!list->is_array()) return expected(list_place, "an array of port addresses", *list);
  for (std::size_t i = 0; i < list->size(); ++i) {
    const std::string item_place = list_place + "[" + std::to_string(i) + "]";
    const json& item = (*list)[i];
    if (!item.is_string()) return expected(item_place, "a port address", item);
    auto address = ir_address::parse(item.get_ref<const std::string&>());
    if (!address) return address.error().within(item_place);
    if (address->is_input != (std::string_view(direction) == "in"))
      return wrong(item_place, "'" + address->text + "' is in the list of the other direction");
    all.push_back(std::move(*address));
  }
  return all;
}

base::result<ir_function> read_function(const json& f, const std::string& place) {
  if (!f.is_object()) return expected(place, "an object", f);
  ir_function out;
  out.place = place;
  const auto ref = f.find("ref");
  if (ref == f.end()) return wrong(place, "the function has no \"ref\"");
  if (!ref->is_string()) return expected(place + ".ref", "a string", *ref);
  out.ref = *ref;
  const auto io = f.find("io");
  if (io == f.end()) return wrong(place, "the function has no \"io\"");
  if (!io->is_object()) return expected(place + ".io", "an object", *io);
  auto ins = read_addresses(*io, "in", place + ".io");
  if (!ins) return ins.error();
  auto outs = read_addresses(*io, "out", place + ".io");
  if (!outs) return outs.error();
  out.ins = std::move(*ins);
  out.outs = std::move(*outs);
  if (const auto msg = f.find("msg"); msg != f.end() && !msg->is_null()) {
    auto config = value_reader().read(*msg, place + ".msg");
    if (!config) return config.error();
    out.config = std::move(*config);
  }
  return out;
}

base::result<ir_program> read_program(const json& root) {
  if (!root.is_object()) return expected("the file", "a Neva IR object", root);
  ir_program program;
  if (const auto funcs = root.find("funcs"); funcs != root.end() && !funcs->is_null()) {
    if (!funcs->is_array()) return expected("funcs", "an array", *funcs);
    program.functions.reserve(funcs->size());
    for (std::size_t i = 0; i < funcs->size(); ++i) {
      auto f = read_function((*funcs)[i], "funcs[" + std::to_string(i) + "]");
      if (!f) return f.error();
      program.functions.push_back(std::move(*f));
    }
  }
  const auto connections = root.find("connections");
  if (connections == root.end())
    return wrong("the file", "no \"connections\": this is not Neva IR",
                 "write it with: neva build --target ir --target-ir-format json");
  if (!connections->is_object()) return expected("connections", "an object", *connections);
  for (const auto& [from, to] : connections->items()) {
    if (!to.is_string()) return expected("connections." + from, "a port address", to);
    program.connections.emplace_back(from, to);
  }
  if (const auto comment = root.find("comment"); comment != root.end() && comment->is_string())
    program.comment = *comment;
  return program;
}

}  // namespace

base::result<ir_program> parse_ir(std::string_view text) {
  try {
    strict_reading strict;
    if (const auto nul = text.find('\0'); nul != std::string_view::npos)
      return wrong(
          "the file", "not JSON: a zero byte at offset " + std::to_string(nul),
          "write the file anew with the compiler");  // the reader would take it for the end
    const json root = json::parse(text.begin(), text.end(), std::ref(strict));
    if (!strict.finding().empty())
      return wrong("the file", strict.finding(), "write the file anew with the compiler");
    return read_program(root);
  } catch (const json::parse_error& e) {
    // "[json.exception.parse_error.101] parse error at line 1, column 2: ...": without the
    // library's number
    std::string what = e.what();
    if (const auto end = what.find("] "); end != std::string::npos) what.erase(0, end + 2);
    return wrong("the file", "not JSON: " + what,
                 "write it with: neva build --target ir --target-ir-format json");
  } catch (const json::exception& e) {
    return wrong("the file", std::string("not usable JSON: ") + e.what());
  }
}

}  // namespace nevaperf::runtime
