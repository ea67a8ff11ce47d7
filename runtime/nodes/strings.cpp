// Strings.
#include <string>

#include "runtime/nodes/families.hpp"
#include "runtime/nodes/numeric.hpp"

namespace nevaperf::runtime {

namespace {

using text = std::string_view;

struct concatenate {
  static message of(text l, text r) {
    std::string whole;
    whole.reserve(l.size() + r.size());
    whole.append(l).append(r);
    return message::string(whole);
  }
};
struct greater { static message of(text l, text r) { return message::boolean(l > r); } };
struct lesser { static message of(text l, text r) { return message::boolean(l < r); } };

constexpr function table[] = {
    binary_function<kind::string, concatenate>("string_add", "left followed by right."),
    binary_function<kind::string, greater>("string_is_greater", "left after right, byte-wise."),
    binary_function<kind::string, lesser>("string_is_lesser", "left before right, byte-wise."),
};

}  // namespace

std::span<const function> string_functions() { return table; }

}  // namespace nevaperf::runtime
