#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"

using nevaperf::tests::run_node;

namespace {

std::string binary(const char* ref, const char* left, const char* right) {
  return run_node(ref, std::string("left ").append(left).append("; right ").append(right));
}
constexpr const char* smallest = "-9223372036854775808";

}  // namespace

TEST_CASE("integer arithmetic wraps at 64 bits") {
  CHECK(binary("int_add", "1 9223372036854775807", "2 1") == "res 3 -9223372036854775808");
  CHECK(binary("int_sub", "1 -9223372036854775808", "2 1") == "res -1 9223372036854775807");
  CHECK(binary("int_mul", "-3 4611686018427387904", "7 2") == "res -21 -9223372036854775808");
  CHECK(run_node("int_inc", "data 1 9223372036854775807") == "res 2 -9223372036854775808");
  CHECK(run_node("int_dec", "data 1 -9223372036854775808") == "res 0 9223372036854775807");
  CHECK(run_node("int_neg", "data 1 0 -9223372036854775808") == "res -1 0 -9223372036854775808");
}

TEST_CASE("division truncates towards zero") {
  CHECK(binary("int_div", "7 -7 7 -7", "2 2 -2 -2") == "res 3 -3 -3 3");
  CHECK(binary("int_mod", "7 -7 7 -7", "2 2 -2 -2") == "res 1 -1 1 -1");
  CHECK(binary("int_div", smallest, "-1") == "res -9223372036854775808");
  CHECK(binary("int_mod", smallest, "-1") == "res 0");
  CHECK(binary("int_div", "1", "0") == "failed at node: integer divide by zero");
  CHECK(binary("int_mod", "1", "0") == "failed at node: integer divide by zero");
}

TEST_CASE("powers wrap; an exponent of zero or less gives 1") {
  CHECK(binary("int_pow", "2 -3 5 5 0", "10 3 0 -1 0") == "res 1024 -27 1 1 1");
  CHECK(binary("int_pow", "2 3 3", "64 41 1000000000000") ==
        "res 0 -420491770248316829 "
        "8078920949372764161");
}

TEST_CASE("bitwise operations and shifts") {
  CHECK(binary("int_bitwise_and", "12 -1", "10 5") == "res 8 5");
  CHECK(binary("int_bitwise_or", "12 -1", "10 5") == "res 14 -1");
  CHECK(binary("int_bitwise_xor", "12 -1", "10 5") == "res 6 -6");
  CHECK(binary("int_bitwise_lsh", "1 1 1 1 -1", "0 63 64 9223372036854775807 1") ==
        "res 1 -9223372036854775808 0 0 -2");
  CHECK(binary("int_bitwise_rsh", "8 -8 8 -8 -8", "1 1 64 64 63") == "res 4 -4 0 -1 -1");
  CHECK(binary("int_bitwise_lsh", "1", "-1") == "failed at node: negative shift amount");
  CHECK(binary("int_bitwise_rsh", "1", "-1") == "failed at node: negative shift amount");
}

TEST_CASE("integer comparisons") {
  CHECK(binary("int_is_greater", "1 2 3", "2 2 2") == "res false false true");
  CHECK(binary("int_is_greater_or_equal", "1 2 3", "2 2 2") == "res false true true");
  CHECK(binary("int_is_lesser", "1 2 3", "2 2 2") == "res true false false");
  CHECK(binary("int_is_lesser_or_equal", "1 2 3", "2 2 2") == "res true true false");
}

TEST_CASE("int_from_float truncates") {
  CHECK(run_node("int_from_float", "data 1.9 -1.9 0.0 9007199254740993.0") ==
        "res 1 -1 0 9007199254740992");
  CHECK(run_node("int_from_float", "data NaN +Inf -Inf 1e300 9223372036854775808.0") ==
        "res -9223372036854775808 -9223372036854775808 -9223372036854775808 "
        "-9223372036854775808 -9223372036854775808");
}

TEST_CASE("integer functions refuse other kinds") {
  CHECK(binary("int_add", "1", "2.0") == "failed at in:right: expected an int, got a float 2");
  CHECK(binary("int_mul", "\"1\"", "2") == "failed at in:left: expected an int, got a string 1");
  CHECK(run_node("int_inc", "data [1]") == "failed at in:data: expected an int, got a list [1]");
  CHECK(run_node("int_add", "left 1; right").empty());
}
