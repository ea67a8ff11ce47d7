// Messages as text, byte for byte as Neva's Go runtime prints them.
//
// Scalars are plain; bytes, lists, dicts, structs and unions are JSON with Go's escapes. The rules of
// blanks depend on the nesting: see text.cpp, which states them once.
#pragma once

#include <string>

#include "runtime/message/message.hpp"

namespace nevaperf::runtime {

void append_text(std::string& out, const message& m);
std::string text_of(const message& m);

void append_json(std::string& out, const message& m);  // as Go's encoder would, strings quoted

// Go's text of scalars, shared with the format and parse functions.
void append_float(std::string& out, double value);            // strconv 'g', shortest
void append_json_string(std::string& out, std::string_view text);    // with <, >, & escaped
void append_go_quoted(std::string& out, std::string_view text);      // %q

}  // namespace nevaperf::runtime
