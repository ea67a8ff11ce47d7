#include "runtime/nodes/template_text.hpp"

#include <algorithm>
#include <vector>

#include "runtime/message/text.hpp"
#include "runtime/nodes/go_numbers.hpp"

namespace nevaperf::runtime {

namespace {

base::error wrong(std::string what) {
  return {.what = std::move(what), .where = {}, .next = {}};
}

std::size_t count_digits(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && text[n] >= '0' && text[n] <= '9') ++n;
  return n;
}

}  // namespace

base::result<std::string> expand_template(std::string_view text,
                                          std::span<const message> arguments) {
  std::string out;
  std::vector<bool> used(arguments.size());
  while (!text.empty()) {
    const std::size_t dollar = std::min(text.find('$'), text.size());
    out += text.substr(0, dollar);
    text.remove_prefix(dollar);
    if (text.empty()) break;
    const std::string_view digits = text.substr(1, count_digits(text.substr(1)));
    text.remove_prefix(1 + digits.size());
    if (digits.empty()) {
      out += '$';
      continue;
    }
    const auto index = parse_decimal(digits);
    if (!index.value)
      return wrong("invalid placeholder \"" + std::string(digits) +
                   "\": strconv.Atoi: " + index.problem);
    const auto place = static_cast<std::size_t>(*index.value);
    if (place >= arguments.size())
      return wrong("template refers to arg " + std::to_string(place) + ", but only " +
                   std::to_string(arguments.size()) + " args given");
    used[place] = true;
    append_text(out, arguments[place]);
  }
  const auto count = static_cast<std::size_t>(std::count(used.begin(), used.end(), true));
  if (count != arguments.size())
    return wrong("not all arguments are used in the template: got " +
                 std::to_string(arguments.size()) + ", used " + std::to_string(count));
  return out;
}

}  // namespace nevaperf::runtime
