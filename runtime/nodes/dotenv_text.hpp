// The text of .env files: variables for a program, one a line.
//
//   line   = blank | "#" anything | [ "export " ] key "=" value [ "#" anything ]
//   value  = '"' text '"'   with \n \r \t \b \f \v; any other \x is x
//          | "'" text "'"   with \'
//          | text
//
// White space around a key and a value does not count. A "#" starts a comment if it is the first of
// the value or follows white space, and stands outside of quotes. A byte order mark may come first.
//
// Thread safety: pure functions.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/error.hpp"

namespace nevaperf::runtime {

// Of a key that occurs several times the last value counts. The first bad line is an error, all of
// it in `what`: "line 3: missing '='".
base::result<std::map<std::string, std::string>> parse_dotenv(std::string_view text);

}  // namespace nevaperf::runtime
