// Any bytes as a profile of any kind: refused with an error of one line, or a valid profile that
// can be written and read again as the same, also in gperftools' formats, and that differs from
// itself in nothing.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "profiles/diff/diff_tree.hpp"
#include "profiles/diff/difference.hpp"
#include "profiles/pprof/legacy_writer.hpp"
#include "profiles/pprof/proto_reader.hpp"
#include "profiles/pprof/proto_writer.hpp"
#include "profiles/pprof/read_profile.hpp"

using namespace nevaperf::profiles;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

// A legacy file of addresses alone is read again; what it holds is less than a profile.
void check_legacy(const profile& p) {
  const auto made = write_legacy(p);
  if (!made || made->has_names) return;
  const auto back = read_profile(made->bytes);
  require(back && validate(*back));
}

void check_difference(const profile& p) {
  const std::array same{named_profile{.name = "p", .data = p}};
  const auto types = comparable(same, same, "", false);
  require(static_cast<bool>(types));
  const auto sides = align(same, same, *types, basis::recorded);
  require(static_cast<bool>(sides));
  const difference d = find_difference(*sides);
  require(d.changes() == 0 && !largest_growth(d));
  require(!make_diff_tree(*sides).empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = read_profile({reinterpret_cast<const char*>(data), size});
  if (!read) {
    require(!read.error().what.empty());
    require(read.error().line().find('\n') == std::string::npos);
    return 0;
  }
  require(static_cast<bool>(validate(*read)));
  require(totals(*read).size() == read->types.size());
  const auto back = read_proto(write_proto(*read));
  require(back && *back == *read);
  check_legacy(*read);
  check_difference(*read);
  return 0;
}
