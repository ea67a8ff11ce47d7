// The preloaded contention profiler against programs whose waiting is scripted.
#include <sstream>

#include "profiles/contention/contention_kind.hpp"
#include "profiles/contention/wait_file.hpp"
#include "profiles/symbols/symbolize.hpp"
#include "tests/profiles/preload/preloaded.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace nevaperf;
namespace file = profiles::wait_file;

namespace {

struct outcome {
  base::process_output program;
  std::vector<profiles::stack_process> processes;
  profiles::profile profile;  // with names

  // What the program measured itself.
  [[nodiscard]] double said(const std::string& wanted) const {
    std::istringstream lines(program.out);
    std::string word;
    for (double number = 0; lines >> word >> number;)
      if (word == wanted) return number;
    FAIL("it did not say " << wanted << ": " << program.out);
    return 0;
  }
};

outcome profiled(const std::vector<std::string>& words, const char* threshold_ns = "0",
                 const std::vector<std::string>& libraries = {NEVAPERF_CONTENTION_LIBRARY}) {
  const tests::temporary_folder folder;
  std::vector<std::string> argv{NEVAPERF_CONTENTION_SUBJECT};
  argv.insert(argv.end(), words.begin(), words.end());
  outcome made{.program = tests::run_preloaded(libraries, argv,
                                               {{file::folder_variable, folder.path()},
                                                {file::threshold_variable, threshold_ns}}),
               .processes = {},
               .profile = {}};
  std::vector<std::string> damaged;
  auto read =
      profiles::read_stack_files(folder.path(), "contention", file::magic, file::values, damaged);
  REQUIRE(read);
  CHECK(damaged.empty());
  made.processes = *std::move(read);
  made.profile = profiles::make_thread_wait_profile(made.processes);
  profiles::symbolizer names;
  names.add_names(made.profile);
  REQUIRE(profiles::validate(made.profile));
  return made;
}

// The rest is the time that a busy machine takes to wake those who waited: nobody's fault.
void check_cause(double caused_ns, double waited_ns) {
  CHECK(caused_ns <= 1.001 * waited_ns);
  CHECK(caused_ns >= 0.9 * waited_ns);
}

}  // namespace

TEST_CASE("scripted waits are within 3%, and the right one is charged with them") {
  struct script {
    const char* what;
    const char* waiter;
    const char* cause;  // null: nobody can be charged
    double waits;
  };
  for (const script& s : {script{"lock", "lock_waiter", "lock_holder", 4},
                          script{"rwlock", "read_waiter", "write_holder", 3},
                          script{"condition", "condition_waiter", "condition_waker", 3},
                          script{"semaphore", "semaphore_waiter", "semaphore_poster", 1},
                          script{"join", "joiner", nullptr, 1}}) {
    INFO(s.what);
    const outcome got = profiled({s.what, "400"});
    auto waited = tests::values_under(got.profile, s.waiter);
    CHECK(waited["contentions"] == s.waits);
    CHECK(waited["delay"] == Approx(got.said("waited")).epsilon(0.03));
    if (s.cause == nullptr) continue;
    auto caused = tests::values_under(got.profile, s.cause);
    CHECK(caused["caused"] == s.waits);
    check_cause(caused["caused_delay"], got.said("waited"));
  }
}

TEST_CASE("short waits that are sampled by their duration add up to what was waited") {
  const outcome got = profiled({"many", "20000"}, "20000");
  CHECK(tests::values_under(got.profile, "lock_waiter")["delay"] ==
        Approx(got.said("waited")).epsilon(0.1));
}

TEST_CASE("the profiler allocates nothing while threads wait") {
  const outcome got =
      profiled({"counted"}, "0", {NEVAPERF_CONTENTION_LIBRARY, NEVAPERF_COUNTING_MALLOC});
  CHECK(got.said("allocations") == 0);
  CHECK(tests::values_under(got.profile, "lock_waiter")["contentions"] > 0);
}

TEST_CASE("a thread that is cancelled while it waits leaves no debt behind") {
  const outcome got = profiled({"cancel"});
  CHECK(got.program.exit.clean());
  check_cause(tests::values_under(got.profile, "semaphore_poster")["caused_delay"],
              got.said("waited"));
}

TEST_CASE("what a program did until it crashed is kept") {
  const outcome got = profiled({"crash"});
  CHECK(got.program.exit.signal != 0);
  REQUIRE(got.processes.size() == 1);
  CHECK_FALSE(got.processes[0].is_ended);
  CHECK(tests::values_under(got.profile, "lock_waiter")["contentions"] == 4);
}

TEST_CASE("threads, exceptions, libraries that come and go, forks, under the contention profiler") {
  const outcome got = profiled({"stress", NEVAPERF_STRESS_PART, "1500"});
  CHECK(got.program.exit.clean());
  CHECK(got.processes.size() > 1);
}
