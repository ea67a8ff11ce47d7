// Messages in a short notation for tests:
//
//   1  -2       ints                 true false   bools             (a: 1, b: 2)  structs
//   1.5  1e+06  floats               "a\n"        strings           {"a": 1}      dicts
//   NaN  -Inf   floats               b"a"         bytes             [1, 2]        lists
//   Tag  Tag(1) unions               !"text"      the error value of a function
//
// Strings are quoted as Go does it. In a sequence `<1 2>` stands for the stream Open Data(1)
// Data(2) Close.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/message/message.hpp"

namespace nevaperf::tests {

// Values separated by blanks or commas. Throws std::invalid_argument: a test with a typing error
// fails.
std::vector<runtime::message> read_values(std::string_view text);
runtime::message read_value(std::string_view text);

std::string show(const runtime::message& m);
// Separated by blanks; whole streams as `<...>`.
std::string show_all(const std::vector<runtime::message>& messages);

}  // namespace nevaperf::tests
