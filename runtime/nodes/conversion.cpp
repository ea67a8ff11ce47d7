// Values from text and back, with the texts of Go's strconv.
#include <string>

#include "runtime/nodes/error_value.hpp"
#include "runtime/nodes/families.hpp"
#include "runtime/nodes/go_numbers.hpp"
#include "runtime/nodes/numeric.hpp"

namespace nevaperf::runtime {

namespace {

using started = base::result<node_task>;

message value_of(std::int64_t v) {
  return message::integer(v);
}
message value_of(double v) {
  return message::floating(v);
}
message value_of(bool v) {
  return message::boolean(v);
}

// A function from text that may fail. `of` gets all inputs.
template <class Operation>
node_task parse(std::span<channel* const> ports, output res, output err) {
  message got[Operation::inputs];
  for (;;) {
    co_await receive_all(ports, got);
    auto result = Operation::of(ports, got);
    for (message& m : got) m = message();
    if (result.value)
      co_await res.send(value_of(*result.value));
    else
      co_await err.send(error_value(result.problem));
  }
}

std::int64_t integer_at(std::span<channel* const> ports, const message* got, std::size_t i) {
  return input(*ports[i]).integer(got[i]);
}

struct decimal_text {
  static constexpr std::size_t inputs = 1;
  static auto of(std::span<channel* const> ports, const message* got) {
    return parse_decimal(input(*ports[0]).string(got[0]));
  }
};
struct boolean_text {
  static constexpr std::size_t inputs = 1;
  static auto of(std::span<channel* const> ports, const message* got) {
    return parse_boolean(input(*ports[0]).string(got[0]));
  }
};
struct float_text {
  static constexpr std::size_t inputs = 2;
  static auto of(std::span<channel* const> ports, const message* got) {
    return parse_float(input(*ports[0]).string(got[0]), integer_at(ports, got, 1));
  }
};
// The one function whose errors begin with the name of Go's function: the original does not cut it
// off.
struct integer_text {
  static constexpr std::size_t inputs = 3;
  static auto of(std::span<channel* const> ports, const message* got) {
    auto result = parse_integer(input(*ports[0]).string(got[0]), integer_at(ports, got, 1),
                                integer_at(ports, got, 2));
    if (!result.value) result.problem.insert(0, "strconv.ParseInt: ");
    return result;
  }
};

// The channels of several single ports in the memory of the graph.
std::span<channel* const> ports_of(const binding& b,
                                   std::initializer_list<std::string_view> names) {
  const std::span<channel*> ports = b.memory.array<channel*>(names.size());
  auto next = ports.begin();
  for (const std::string_view name : names) *next++ = b.in(name).raw();
  return ports;
}

struct decimal_of {
  static message of(std::int64_t v) { return message::string(format_integer(v, 10)); }
};
struct boolean_of {
  static message of(bool v) { return message::string(v ? "true" : "false"); }
};
struct integer_of {
  static message of(std::int64_t v, std::int64_t base) {
    if (base < 2 || base > 36)
      throw impossible_operation{"the base " + std::to_string(base) + " is not between 2 and 36"};
    return message::string(format_integer(v, base));
  }
};

constexpr std::int64_t most_places = 10'000'000;

node_task format_floats(std::span<channel* const> ports, output res) {
  message got[4];  // data, fmt, prec, bits
  for (;;) {
    co_await receive_all(ports, got);
    const double value = input(*ports[0]).floating(got[0]);
    const std::string_view form = input(*ports[1]).string(got[1]);
    const std::int64_t precision = integer_at(ports, got, 2);
    const std::int64_t bits = integer_at(ports, got, 3);
    if (bits != 32 && bits != 64)
      throw impossible_operation{"the bit size " + std::to_string(bits) + " is neither 32 nor 64"};
    if (precision > most_places)
      throw impossible_operation{"the precision " + std::to_string(precision) + " is over " +
                                 std::to_string(most_places)};
    message text = message::string(
        format_float(value, form.empty() ? 'g' : form[0], precision, static_cast<int>(bits)));
    for (message& m : got) m = message();
    co_await res.send(std::move(text));
  }
}

constexpr std::string_view syntax_or_range =
    "`parsing \"<text>\": invalid syntax`, `parsing \"<text>\": value out of range`";

constexpr function table[] = {
    {.ref = "atoi",
     .ins = "data",
     .outs = "res err",
     .start = [](const binding& b) -> started {
       return parse<decimal_text>(ports_of(b, {"data"}), b.out("res"), b.out("err"));
     },
     .summary = "The integer of a decimal text with or without a sign.",
     .errors = syntax_or_range},
    {.ref = "parse_int",
     .ins = "data base bits",
     .outs = "res err",
     .start = [](const binding& b) -> started {
       return parse<integer_text>(ports_of(b, {"data", "base", "bits"}), b.out("res"),
                                  b.out("err"));
     },
     .summary = "The integer of a text in a base of 2 to 36; base 0 takes it from a prefix (`0b`, "
                "`0o`, `0`, `0x`) and allows underscores. It must fit `bits`, 0 means 64.",
     .errors = "`strconv.ParseInt: parsing \"<text>\": ` and `invalid syntax`, `value out of "
               "range`, `invalid base <n>` or `invalid bit size <n>`"},
    {.ref = "parse_float",
     .ins = "data bits",
     .outs = "res err",
     .start = [](const binding& b) -> started {
       return parse<float_text>(ports_of(b, {"data", "bits"}), b.out("res"), b.out("err"));
     },
     .summary = "The nearest float of a decimal or hexadecimal text, `inf` or `nan`; rounded to 32 "
                "bits if `bits` is 32. Too small a number is 0.",
     .errors = syntax_or_range},
    {.ref = "parse_bool",
     .ins = "data",
     .outs = "res err",
     .start = [](const binding& b) -> started {
       return parse<boolean_text>(ports_of(b, {"data"}), b.out("res"), b.out("err"));
     },
     .summary = "True for `1 t T true TRUE True`, false for `0 f F false FALSE False`.",
     .errors = "`parsing \"<text>\": invalid syntax`"},
    unary_function<kind::integer, decimal_of>("itoa", "The decimal text of an integer."),
    unary_function<kind::boolean, boolean_of>("format_bool", "`true` or `false`."),
    {.ref = "format_int",
     .ins = "data base",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return binary_node<kind::integer, integer_of>(b.in("data"), b.in("base"), b.out("res"));
     },
     .summary = "The text of an integer in a base of 2 to 36, lower-case.",
     .errors = "ends the run: `the base <n> is not between 2 and 36`"},
    {.ref = "format_float",
     .ins = "data fmt prec bits",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return format_floats(ports_of(b, {"data", "fmt", "prec", "bits"}), b.out("res"));
     },
     .summary =
         "The text of a float in the form of the first letter of `fmt`: `e E` with exponent, "
         "`f` without, `g G` (also an empty `fmt`) by size, `b x X` binary exponent. A "
         "negative `prec` gives the fewest digits that read back the same.",
     .errors = "ends the run: `the bit size <n> is neither 32 nor 64`, `the precision <n> is over "
               "10000000`"},
};

}  // namespace

std::span<const function> conversion_functions() {
  return table;
}

}  // namespace nevaperf::runtime
