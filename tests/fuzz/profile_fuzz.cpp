// Any bytes as a profile of any kind: refused with an error of one line, or a valid profile that
// can be written and read again as the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "profiles/pprof/proto_reader.hpp"
#include "profiles/pprof/proto_writer.hpp"
#include "profiles/pprof/read_profile.hpp"

using namespace nevaperf::profiles;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
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
  return 0;
}
