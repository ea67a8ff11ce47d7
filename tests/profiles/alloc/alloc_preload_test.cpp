// The preloaded allocation sampler against programs whose allocations are known.
#include <sstream>

#include "profiles/alloc/alloc_file.hpp"
#include "profiles/alloc/alloc_kind.hpp"
#include "profiles/symbols/symbolize.hpp"
#include "tests/profiles/preload/preloaded.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace nevaperf;
namespace file = profiles::alloc_file;

namespace {

struct outcome {
  base::process_output program;
  std::vector<profiles::stack_process> processes;
  profiles::profile profile;  // with names
};

outcome profiled(const std::vector<std::string>& words, const char* bytes,
                 const std::vector<std::string>& libraries = {NEVAPERF_ALLOC_LIBRARY}) {
  const tests::temporary_folder folder;
  std::vector<std::string> argv{NEVAPERF_ALLOC_SUBJECT};
  argv.insert(argv.end(), words.begin(), words.end());
  outcome made{.program = tests::run_preloaded(libraries, argv,
                                               {{file::folder_variable, folder.path()},
                                                {file::period_variable, bytes},
                                                {file::seed_variable, "7"}}),
               .processes = {},
               .profile = {}};
  std::vector<std::string> damaged;
  auto read =
      profiles::read_stack_files(folder.path(), "alloc", file::magic, file::values, damaged);
  REQUIRE(read);
  CHECK(damaged.empty());
  made.processes = *std::move(read);
  made.profile =
      profiles::make_alloc_profile(made.processes, [](std::uint64_t) { return std::string(); });
  profiles::symbolizer names;
  names.add_names(made.profile);
  REQUIRE(profiles::validate(made.profile));
  return made;
}

struct site {
  std::string name;
  double objects;
  double bytes;
};

std::vector<site> sites_of(const std::string& text) {
  std::istringstream lines(text);
  std::vector<site> made;
  for (site s; lines >> s.name >> s.objects >> s.bytes;) made.push_back(s);
  return made;
}

}  // namespace

TEST_CASE("with a period of one byte every allocation is counted at its site") {
  const outcome got = profiled({"sites", "4000"}, "1");
  const auto sites = sites_of(got.program.out);
  REQUIRE(sites.size() == 5);
  for (const site& s : sites) {
    INFO(s.name);
    auto values = tests::values_under(got.profile, s.name);
    CHECK(values["alloc_objects"] == s.objects);
    CHECK(values["alloc_space"] == s.bytes);
    const bool is_kept = s.name == "kept_site";
    CHECK(values["inuse_objects"] == (is_kept ? s.objects : 0));
    CHECK(values["inuse_space"] == (is_kept ? s.bytes : 0));
  }
}

TEST_CASE("sampled sites of at least 1% are within 5%, small and large ones alike") {
  // 40 bytes to 300 000 bytes: without the weights of each sample the small ones would vanish.
  const outcome got = profiled({"sites", "3000000"}, "65536");
  const auto sites = sites_of(got.program.out);
  double all = 0;
  for (const site& s : sites) all += s.bytes;
  for (const site& s : sites) {
    if (s.bytes < 0.01 * all) continue;
    INFO(s.name << " has " << s.bytes / all << " of the bytes");
    auto values = tests::values_under(got.profile, s.name);
    CHECK(values["alloc_objects"] == Approx(s.objects).epsilon(0.05));
    CHECK(values["alloc_space"] == Approx(s.bytes).epsilon(0.05));
  }
  REQUIRE(got.processes.size() == 1);
  CHECK(got.processes[0].lost == 0);
  CHECK(got.processes[0].is_ended);
}

TEST_CASE("the sampler allocates nothing") {
  const outcome got =
      profiled({"counted"}, "1", {NEVAPERF_ALLOC_LIBRARY, NEVAPERF_COUNTING_MALLOC});
  CHECK(got.program.out == "1000\n");
  CHECK(tests::values_under(got.profile, "middle_site")["alloc_objects"] == 250);
}

TEST_CASE("own frames are not in a stack: the caller of malloc is the leaf") {
  const outcome got = profiled({"sites", "400"}, "1");
  for (const auto& s : got.profile.samples) {
    const auto stack = got.profile.stack_of(s);
    REQUIRE_FALSE(stack.empty());
    const auto& leaf = got.profile.locations[stack[0].index()];
    REQUIRE_FALSE(leaf.map.is_none());
    CHECK(got.profile.text(got.profile.mappings[leaf.map.index()].file) != NEVAPERF_ALLOC_LIBRARY);
  }
}

TEST_CASE("what a program did until it crashed, was killed or executed another is kept") {
  for (const char* end : {"crash", "kill", "exit", "exec"}) {
    INFO(end);
    const outcome got = profiled({end}, "65536");
    const bool is_exec = std::string(end) == "exec";
    REQUIRE(got.processes.size() == (is_exec ? 2U : 1U));
    double objects = tests::values_under(got.profile, "large_site")["alloc_objects"];
    CHECK(objects == Approx(is_exec ? 2000 : 1000).epsilon(0.05));
  }
}

TEST_CASE("a forked child has a file of its own") {
  const outcome got = profiled({"fork"}, "1");
  REQUIRE(got.processes.size() == 2);
  CHECK(tests::values_under(got.profile, "large_site")["alloc_objects"] == 1000);
  CHECK(tests::values_under(got.profile, "middle_site")["alloc_objects"] == 1000);
}

TEST_CASE("threads, exceptions, libraries that come and go, forks") {
  const outcome got = profiled({"stress", NEVAPERF_STRESS_PART, "1500"}, "64");
  CHECK(got.program.exit.clean());
  CHECK(tests::values_under(got.profile, "thrown_depth")["alloc_objects"] > 0);
}

TEST_CASE("without its variables the library does nothing") {
  const auto done =
      tests::run_preloaded({NEVAPERF_ALLOC_LIBRARY}, {NEVAPERF_ALLOC_SUBJECT, "fill"}, {});
  CHECK(done.exit.clean());
}
