#include "core/base/error.hpp"

namespace nevaperf::base {

namespace {

void append_flat(std::string& out, const std::string& part) {
  for (char c : part) out += (c == '\n' || c == '\r' || c == '\t') ? ' ' : c;
}

}  // namespace

std::string error::line() const {
  std::string out;
  if (!where.empty()) {
    append_flat(out, where);
    out += ": ";
  }
  append_flat(out, what);
  if (!next.empty()) {
    out += " (";
    append_flat(out, next);
    out += ')';
  }
  return out;
}

error error::within(const std::string& outer) const {
  return {.what = what, .where = where.empty() ? outer : outer + ": " + where, .next = next};
}

}  // namespace nevaperf::base
