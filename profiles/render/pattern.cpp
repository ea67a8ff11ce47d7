#include "profiles/render/pattern.hpp"

#include <re2/re2.h>

namespace nevaperf::profiles {

base::result<pattern> pattern::make(const std::string& text) {
  auto compiled = std::make_shared<const re2::RE2>(text, re2::RE2::Quiet);
  if (!compiled->ok())
    return base::error{.what = "bad regular expression '" + text + "': " + compiled->error(),
                       .where = {},
                       .next = "put a \\ before a character that stands for itself"};
  return pattern(std::move(compiled));
}

bool pattern::found_in(std::string_view text) const {
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *compiled_);
}

}  // namespace nevaperf::profiles
