// Messages as text, byte for byte as Neva's Go runtime prints them (Go 1.22 or newer).
//
// Scalars are plain; bytes, lists, dicts, structs and unions are JSON with Go's escapes. The rules
// of blanks depend on the nesting: see text.cpp, which states them once. Values nested a million
// levels deep need no stack.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.hpp"
#include "runtime/message/message.hpp"

namespace nevaperf::runtime {

void append_text(std::string& out, const message& m);
std::string text_of(const message& m);

void append_json(std::string& out, const message& m);  // as `append_text`, but strings are quoted

// As `append_text`, but an error for what Neva cannot print and panics at: a list in which there
// is an infinite float, a NaN, or a union whose tag is not printable. `append_text` prints those
// all the same; what `out` holds after an error is the same text.
base::result<void> append_checked_text(std::string& out, const message& m);

// Go's text of scalars, shared with the format and parse functions.
void append_float(std::string& out, double value);                 // strconv 'g', shortest
void append_json_string(std::string& out, std::string_view text);  // with <, >, & escaped
void append_go_quoted(std::string& out, std::string_view text);    // %q

}  // namespace nevaperf::runtime
