// Float arithmetic and comparison, by IEEE: no operation fails.
#include "runtime/nodes/families.hpp"
#include "runtime/nodes/numeric.hpp"

namespace nevaperf::runtime {

namespace {

message number(double v) {
  return message::floating(v);
}
message truth(bool v) {
  return message::boolean(v);
}

struct add {
  static message of(double l, double r) { return number(l + r); }
};
struct subtract {
  static message of(double l, double r) { return number(l - r); }
};
struct multiply {
  static message of(double l, double r) { return number(l * r); }
};
struct divide {
  static message of(double l, double r) { return number(l / r); }
};
struct negate {
  static message of(double v) { return number(-v); }
};
struct greater {
  static message of(double l, double r) { return truth(l > r); }
};
struct lesser {
  static message of(double l, double r) { return truth(l < r); }
};
struct from_integer {
  static message of(std::int64_t v) { return number(static_cast<double>(v)); }
};

constexpr kind floating = kind::floating;

constexpr function table[] = {
    binary_function<floating, add>("float_add", "left + right."),
    binary_function<floating, subtract>("float_sub", "left - right."),
    binary_function<floating, multiply>("float_mul", "left * right."),
    binary_function<floating, divide>("float_div",
                                      "left / right; by zero gives an infinity or NaN."),
    unary_function<floating, negate>("float_neg", "-data."),
    binary_function<floating, greater>("float_is_greater", "left > right; false with NaN."),
    binary_function<floating, lesser>("float_is_lesser", "left < right; false with NaN."),
    unary_function<kind::integer, from_integer>("float_from_int", "The nearest float."),
};

}  // namespace

std::span<const function> float_functions() {
  return table;
}

}  // namespace nevaperf::runtime
