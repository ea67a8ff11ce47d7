#include "runtime/nodes/error_value.hpp"

#include "runtime/message/structure.hpp"

namespace nevaperf::runtime {

message error_value(std::string_view text) {
  static const atom none = atom::intern("None");
  static const atom fields[] = {atom::intern("child"), atom::intern("text")};
  static const shape* const form = shape::intern(fields);
  message values[] = {message::tagged(none), message::string(text)};
  return make_structure(form, values);
}

}  // namespace nevaperf::runtime
