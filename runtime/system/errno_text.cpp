#include "runtime/system/errno_text.hpp"

#include <cctype>
#include <cerrno>
#include <cstring>

namespace nevaperf::runtime {

std::string errno_text(int number) {
  if (number == ESTALE) return "stale NFS file handle";
  const char* known = strerrordesc_np(number);
  if (known == nullptr) return "errno " + std::to_string(number);
  std::string text = known;
  const auto is_upper = [&](std::size_t i) {
    return i < text.size() && std::isupper(static_cast<unsigned char>(text[i])) != 0;
  };
  // Go's table starts small, but for abbreviations ("RFS specific error").
  if (is_upper(0) && !is_upper(1))
    text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  return text;
}

base::error path_error(std::string_view operation, std::string_view path, int number) {
  std::string what(operation);
  what.append(" ").append(path).append(": ").append(errno_text(number));
  return {.what = std::move(what), .where = {}, .next = {}};
}

}  // namespace nevaperf::runtime
