#include "runtime/nodes/function_reference.hpp"

#include "runtime/nodes/registry.hpp"

namespace nevaperf::runtime {

namespace {

constexpr std::string_view introduction =
    R"(# Runtime functions

Written by `scripts/function_reference` from the tables in this folder; do not edit it.

What holds for all of them:

- `name[]` is an array port, `name?` may be left out, `*` stands for single ports of any names.
- A function works in rounds. It receives from all its inputs at the same time, so the order in which they come does
  not matter, then sends, then begins again. Where it is otherwise, its text says so.
- A value of the wrong kind ends the run with exit status 2 and names the node, the port and the value.
- What goes to `err` is the error value, a struct `{text, child}`, unless the text says otherwise; nothing is sent on
  the other outputs of that round, and the function goes on.
- A stream is the unions `Open`, `Data x`, `Close` on one port; several streams may follow each other. A value that
  is no union, or a `Data` without a value, is of the wrong kind.
- Indexes count runes or elements from 0; negative ones count from the end.
)";

// "`a` `b[]`", or "none".
void append_ports(std::string& out, std::string_view words) {
  if (words.empty()) {
    out += "none";
    return;
  }
  out += '`';
  for (const char c : words) out += c == ' ' ? std::string("` `") : std::string(1, c);
  out += '`';
}

void append_function(std::string& out, const function& f) {
  ((out += "\n### `") += f.ref) += "`\n\nIn: ";
  append_ports(out, f.ins);
  out += ". Out: ";
  append_ports(out, f.outs);
  out += ".\n";
  if (!f.config_form.empty()) ((out += "Configuration: ") += f.config_form) += ".\n";
  (out += '\n') += f.summary;
  out += '\n';
  if (!f.errors.empty())
    ((out += "\nErrors: ") += f.errors) += f.errors.ends_with('.') ? "\n" : ".\n";
}

}  // namespace

std::string function_reference() {
  std::string out(introduction);
  for (const function_family& family : function_families()) {
    ((out += "\n## ") += family.name) += '\n';
    for (const function& f : family.functions) append_function(out, f);
  }
  return out;
}

}  // namespace nevaperf::runtime
