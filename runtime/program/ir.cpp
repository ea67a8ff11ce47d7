#include "runtime/program/ir.hpp"

#include <charconv>

namespace nevaperf::runtime {

namespace {

base::error bad_address(std::string_view text, std::string_view why) {
  return {.what = "'" + std::string(text) + "' is not a port address: " + std::string(why),
          .where = {},
          .next = "addresses look like path/in:port or path/out:port[0]"};
}

}  // namespace

base::result<ir_address> ir_address::parse(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return bad_address(text, "it has no ':'");
  std::string_view path = text.substr(0, colon);
  std::string_view port = text.substr(colon + 1);

  ir_address a;
  a.text = text;
  if (const std::size_t bracket = port.find('['); bracket != std::string_view::npos) {
    const std::string_view digits = port.substr(bracket + 1);
    std::size_t slot = 0;
    const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), slot);
    const bool is_huge = status == std::errc::result_out_of_range;
    if ((status != std::errc() && !is_huge) ||
        std::string_view(end, digits.data() + digits.size()) != "]")
      return bad_address(text, "its slot is not a number in brackets");
    constexpr std::size_t most_slots = 256;
    if (is_huge || slot >= most_slots) return bad_address(text, "a port has at most 256 slots");
    a.slot = slot;
    port = port.substr(0, bracket);
  }
  if (port.empty()) return bad_address(text, "the port has no name");
  a.port = port;

  const std::size_t slash = path.rfind('/');
  const std::string_view direction =
      slash == std::string_view::npos ? path : path.substr(slash + 1);
  if (direction != "in" && direction != "out")
    return bad_address(text, "its path does not end in /in or /out");
  a.is_input = direction == "in";
  a.node = slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
  return a;
}

}  // namespace nevaperf::runtime
