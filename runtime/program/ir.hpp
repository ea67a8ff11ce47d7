// A Neva program as data, as its compiler writes it in IR JSON.
//
//   { "funcs": [ { "ref": string, "io": { "in": [address...], "out": [address...] }, "msg": value }
//   ... ],
//     "connections": { address: address, ... }, "comment": string }
//   address = path ":" port [ "[" slot "]" ]          path ends in "/in" or "/out", or is just "in"
//   or "out" value   = { "type":
//   "bool"|"int"|"float"|"string"|"bytes"|"list"|"dict"|"struct"|"union",
//               "bool"|"int"|"float"|"str"|"bytes"|"list"|"map"|"union": ... }
//
// A value's part that is zero may be missing. "map" holds the entries of dicts and structs, "union"
// is { "tag", "data" }. The program's own ports are in:start and out:stop. Connections may pass
// through ports of components, which are no functions; those are only names.
//
// Thread safety: values; share nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "runtime/message/message.hpp"

namespace nevaperf::runtime {

struct ir_address {
  std::string text;  // as it stands in the file
  std::string port;  // "case"
  std::optional<std::size_t> slot;
  std::string node;       // "wait/switch": the path without its "/in" or "/out"
  bool is_input = false;  // by its path

  static base::result<ir_address> parse(std::string_view text);
};

struct ir_function {
  std::string ref;
  std::vector<ir_address> ins;
  std::vector<ir_address> outs;
  message config;     // `none` if it has none
  std::string place;  // in the file: "funcs[3]"
};

struct ir_program {
  std::vector<ir_function> functions;
  std::vector<std::pair<std::string, std::string>> connections;  // from, to; no `from` twice
  std::string comment;
};

// Reads IR JSON. The error's place is the JSON path, or line and column where it is no JSON at all.
base::result<ir_program> parse_ir(std::string_view json);

}  // namespace nevaperf::runtime
