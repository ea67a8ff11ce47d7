#include "profiles/pprof/read_profile.hpp"

#include <string>

#include "profiles/pprof/folded_reader.hpp"
#include "profiles/pprof/gperftools_readers.hpp"
#include "profiles/pprof/gzip.hpp"
#include "profiles/pprof/proto_reader.hpp"

namespace nevaperf::profiles {

namespace {

base::result<profile> read_unpacked(std::string_view bytes) {
  if (bytes.empty())
    return base::error{.what = "the file is empty",
                       .where = {},
                       .next = "a program writes its profile when it ends normally"};
  if (is_cpu_profile(bytes)) return read_cpu_profile(bytes);
  if (is_heap_profile(bytes)) return read_heap_profile(bytes);
  if (is_contention_profile(bytes)) return read_contention_profile(bytes);
  if (is_folded(bytes)) return read_folded(bytes);
  return read_proto(bytes);
}

}  // namespace

base::result<profile> read_profile(std::string_view bytes) {
  if (!is_gzip(bytes)) return read_unpacked(bytes);
  const auto unpacked = unpack_gzip(bytes);
  if (!unpacked) return unpacked.error();
  return read_unpacked(*unpacked);
}

}  // namespace nevaperf::profiles
