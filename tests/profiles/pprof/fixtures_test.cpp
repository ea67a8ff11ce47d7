// Profiles that the Go runtime wrote: totals as `go tool pprof -raw` sums them, labels kept.
#include <filesystem>

#include "core/base/file.hpp"
#include "profiles/pprof/proto_writer.hpp"
#include "profiles/pprof/read_profile.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::profiles;

namespace {

struct fixture {
  const char* file;
  std::vector<std::int64_t> totals;
  std::size_t labels;
};

const std::vector<fixture> fixtures = {
    {"go-neva-new-block.pb.gz", {1633071, 7835212876}, 0},
    {"go-neva-new-cpu.pb.gz", {403, 4030000000}, 0},
    {"go-neva-new-mem.pb.gz", {9076116, 542882192, 198, 76219}, 282},
    {"go-neva-new-mutex.pb.gz", {958, 36383351}, 0},
    {"go-neva-old-cpu.pb.gz", {355, 3550000000}, 0},
    {"go-neva-old-mem.pb.gz", {8258405, 485338512, 303, 78773}, 270},
};

}  // namespace

TEST_CASE("profiles of the Go runtime open with the totals of their format") {
  const std::string folder = NEVAPERF_PPROF_FIXTURES;
  if (!std::filesystem::is_directory(folder)) {
    WARN("skipped: no recorded profiles beside the tree (" + folder + ")");
    return;
  }
  for (const fixture& each : fixtures) {
    INFO(each.file);
    const auto bytes = nevaperf::base::real_files().read(folder + "/" + each.file);
    REQUIRE(bytes);
    const auto read = read_profile(*bytes);
    REQUIRE(read);
    CHECK(validate(*read));
    CHECK(totals(*read) == each.totals);
    CHECK(read->labels.size() == each.labels);
    const auto back = read_profile(write_packed_proto(*read));
    REQUIRE(back);
    CHECK(*back == *read);
  }
}
