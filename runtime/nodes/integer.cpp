// Integer arithmetic and comparison: 64 bits, wrapping, division truncated towards zero.
#include <limits>

#include "runtime/nodes/families.hpp"
#include "runtime/nodes/numeric.hpp"

namespace nevaperf::runtime {

namespace {

using i64 = std::int64_t;
using u64 = std::uint64_t;

i64 wrap(u64 v) {
  return static_cast<i64>(v);
}
u64 bits(i64 v) {
  return static_cast<u64>(v);
}
message number(i64 v) {
  return message::integer(v);
}
message truth(bool v) {
  return message::boolean(v);
}

i64 checked_divisor(i64 r) {
  if (r == 0) throw impossible_operation{"integer divide by zero"};
  return r;
}

// A shift by 64 or more leaves nothing of the value (or its sign).
u64 checked_shift(i64 r) {
  if (r < 0) throw impossible_operation{"negative shift amount"};
  return bits(r);
}

struct add {
  static message of(i64 l, i64 r) { return number(wrap(bits(l) + bits(r))); }
};
struct subtract {
  static message of(i64 l, i64 r) { return number(wrap(bits(l) - bits(r))); }
};
struct multiply {
  static message of(i64 l, i64 r) { return number(wrap(bits(l) * bits(r))); }
};
struct divide {
  static message of(i64 l, i64 r) {
    // The smallest integer divided by -1 wraps to itself; the machine's division would trap.
    return number(checked_divisor(r) == -1 ? wrap(0 - bits(l)) : l / r);
  }
};
struct modulo {
  static message of(i64 l, i64 r) { return number(checked_divisor(r) == -1 ? 0 : l % r); }
};
struct power {
  // An exponent of zero or less gives 1. By squaring: the exponent may be huge.
  static message of(i64 base, i64 exponent) {
    u64 result = 1;
    u64 factor = bits(base);
    for (u64 left = exponent > 0 ? bits(exponent) : 0; left != 0; left >>= 1) {
      if ((left & 1) != 0) result *= factor;
      factor *= factor;
    }
    return number(wrap(result));
  }
};
struct increment {
  static message of(i64 v) { return number(wrap(bits(v) + 1)); }
};
struct decrement {
  static message of(i64 v) { return number(wrap(bits(v) - 1)); }
};
struct negate {
  static message of(i64 v) { return number(wrap(0 - bits(v))); }
};
struct bit_and {
  static message of(i64 l, i64 r) { return number(l & r); }
};
struct bit_or {
  static message of(i64 l, i64 r) { return number(l | r); }
};
struct bit_xor {
  static message of(i64 l, i64 r) { return number(l ^ r); }
};
struct shift_left {
  static message of(i64 l, i64 r) {
    const u64 by = checked_shift(r);
    return number(by >= 64 ? 0 : wrap(bits(l) << by));
  }
};
struct shift_right {
  static message of(i64 l, i64 r) {
    const u64 by = checked_shift(r);
    return number(l >> (by >= 64 ? 63 : by));
  }
};
struct greater {
  static message of(i64 l, i64 r) { return truth(l > r); }
};
struct greater_or_equal {
  static message of(i64 l, i64 r) { return truth(l >= r); }
};
struct lesser {
  static message of(i64 l, i64 r) { return truth(l < r); }
};
struct lesser_or_equal {
  static message of(i64 l, i64 r) { return truth(l <= r); }
};
struct from_float {
  // Truncates; what does not fit gives the smallest integer, as the Go original does on amd64.
  static message of(double v) {
    constexpr double limit = 9223372036854775808.0;
    if (v >= -limit && v < limit) return number(static_cast<i64>(v));
    return number(std::numeric_limits<i64>::min());
  }
};

constexpr kind integer = kind::integer;
constexpr std::string_view by_zero = "ends the run: `integer divide by zero`";
constexpr std::string_view negative_shift = "ends the run: `negative shift amount`";

constexpr function table[] = {
    binary_function<integer, add>("int_add", "left + right, wrapping."),
    binary_function<integer, subtract>("int_sub", "left - right, wrapping."),
    binary_function<integer, multiply>("int_mul", "left * right, wrapping."),
    binary_function<integer, divide>("int_div", "left / right, truncated towards zero.", by_zero),
    binary_function<integer, modulo>("int_mod", "The remainder, with the sign of left.", by_zero),
    binary_function<integer, power>("int_pow",
                                    "left to the power of right, wrapping; 1 if right <= 0."),
    unary_function<integer, increment>("int_inc", "data + 1, wrapping."),
    unary_function<integer, decrement>("int_dec", "data - 1, wrapping."),
    unary_function<integer, negate>("int_neg", "-data, wrapping."),
    binary_function<integer, bit_and>("int_bitwise_and", "Bitwise and."),
    binary_function<integer, bit_or>("int_bitwise_or", "Bitwise or."),
    binary_function<integer, bit_xor>("int_bitwise_xor", "Bitwise exclusive or."),
    binary_function<integer, shift_left>("int_bitwise_lsh", "left << right, 0 from 64 on.",
                                         negative_shift),
    binary_function<integer, shift_right>("int_bitwise_rsh", "left >> right, keeping the sign.",
                                          negative_shift),
    binary_function<integer, greater>("int_is_greater", "left > right."),
    binary_function<integer, greater_or_equal>("int_is_greater_or_equal", "left >= right."),
    binary_function<integer, lesser>("int_is_lesser", "left < right."),
    binary_function<integer, lesser_or_equal>("int_is_lesser_or_equal", "left <= right."),
    unary_function<kind::floating, from_float>("int_from_float", "The float truncated to zero."),
};

}  // namespace

std::span<const function> integer_functions() {
  return table;
}

}  // namespace nevaperf::runtime
