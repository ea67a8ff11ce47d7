// A regular expression of a user (https://github.com/google/re2/wiki/Syntax): time linear in the
// text, bounded memory.
//
// Thread safety: found_in: any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/error.hpp"

namespace re2 {
class RE2;
}

namespace nevaperf::profiles {

class pattern {
 public:
  [[nodiscard]] static base::result<pattern> make(const std::string& text);
  [[nodiscard]] bool found_in(std::string_view text) const;

 private:
  explicit pattern(std::shared_ptr<const re2::RE2> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const re2::RE2> compiled_;
};

}  // namespace nevaperf::profiles
