// URLs as Go's net/url reads and prints them: error texts name them in that form.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.hpp"

namespace nevaperf::runtime {

struct go_url {
  std::string scheme;   // lower case; empty if there is none
  std::string host;     // with the port
  std::string text;     // normalised; a password is shown as ***
  std::string request;  // the same for a client: with the password, without the fragment
};

// An error is all in `what`: `parse "%zz": invalid URL escape "%zz"`.
base::result<go_url> parse_go_url(std::string_view raw);

}  // namespace nevaperf::runtime
