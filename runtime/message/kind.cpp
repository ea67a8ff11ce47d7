#include "runtime/message/kind.hpp"

namespace nevaperf::runtime {

std::string_view name_of(kind k) {
  switch (k) {
    case kind::none:
      return "none";
    case kind::boolean:
      return "bool";
    case kind::integer:
      return "int";
    case kind::floating:
      return "float";
    case kind::string:
      return "string";
    case kind::bytes:
      return "bytes";
    case kind::list:
      return "list";
    case kind::dict:
      return "dict";
    case kind::structure:
      return "struct";
    case kind::tagged:
      return "union";
  }
  return "none";
}

}  // namespace nevaperf::runtime
