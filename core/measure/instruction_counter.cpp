#include "core/measure/instruction_counter.hpp"

#include <cstdlib>

#include "core/base/file.hpp"
#include "core/measure/proc_text.hpp"

#if __has_include(<valgrind/callgrind.h>)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
#include <valgrind/callgrind.h>
#define NEVAPERF_HAS_CALLGRIND 1
#else
#define NEVAPERF_HAS_CALLGRIND 0
#endif

namespace nevaperf::measure {

namespace {

constexpr const char* file_variable = "NEVAPERF_INSTRUCTIONS";

#if NEVAPERF_HAS_CALLGRIND
bool is_under_valgrind() {
  return RUNNING_ON_VALGRIND != 0;
}
void reset_counts() {
  CALLGRIND_ZERO_STATS;
}
void write_counts() {
  CALLGRIND_DUMP_STATS;
}
#pragma GCC diagnostic pop
#else
bool is_under_valgrind() {
  return false;
}
void reset_counts() {}
void write_counts() {}
#endif

}  // namespace

instruction_setup under_callgrind(const std::string& file) {
  return {.words = {"valgrind", "-q", "--tool=callgrind", "--callgrind-out-file=" + file},
          .environment = {{file_variable, file}}};
}

std::string instruction_counter::why_not() {
  if (NEVAPERF_HAS_CALLGRIND == 0) {
    return "this nevaperf was built without valgrind's headers (install the package 'valgrind' "
           "and build again)";
  }
  if (!is_under_valgrind() || std::getenv(file_variable) == nullptr) {
    return "this process does not run under callgrind";
  }
  return "";
}

void instruction_counter::start() {
  reset_counts();
}

// Callgrind puts a number behind the name of each dump, and all threads' cost into "totals:".
std::optional<std::uint64_t> instruction_counter::stop() {
  write_counts();
  const std::string path = std::string(std::getenv(file_variable)) + "." + std::to_string(++dumps_);
  const auto text = base::real_files().read(path);
  if (!text) return std::nullopt;
  (void)base::real_files().remove(path);  // the folder goes when the session ends
  return number_at_start<std::uint64_t>(entry_of(*text, "totals"));
}

}  // namespace nevaperf::measure
