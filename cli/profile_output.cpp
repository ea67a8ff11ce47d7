#include "cli/profile_output.hpp"

#include <unistd.h>

#include <cstdio>

#include "cli/command.hpp"
#include "core/base/file.hpp"
#include "core/report/terminal_text.hpp"
#include "profiles/pprof/gzip.hpp"
#include "profiles/pprof/read_profile.hpp"
#include "profiles/symbols/symbolize.hpp"

namespace nevaperf::cli {

base::result<profiles::profile> open_profile(const std::string& file) {
  const auto bytes = base::real_files().read(file, profiles::most_unpacked_bytes);
  if (!bytes) return bytes.error();
  auto read = profiles::read_profile(*bytes);
  if (!read) return read.error().within(file);
  // gperftools' files hold addresses alone; what is named already stays. Files that are not here
  // leave their places as they are.
  profiles::symbolizer().add_names(*read);
  return read;
}

base::result<void> check_place(const std::string& view, const std::string& out) {
  const bool for_files = view == "flame" || view == "pprof" || view == "google-pprof";
  if (!for_files || !out.empty() || ::isatty(STDOUT_FILENO) != 1) return {};
  return base::error{.what = "--view " + view + " is nothing for a terminal",
                     .where = {},
                     .next = "name a file: -o FILE"};
}

int put_output(const std::string& text, const std::string& out) {
  if (!out.empty()) {
    if (auto written = base::real_files().write_atomic(out, text); !written)
      return report(written.error());
    std::fprintf(stderr, "written: %s\n", report::printable(out).c_str());
    return status_done;
  }
  const bool whole = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (!whole || std::fflush(stdout) != 0)
    return report({.what = "cannot write all of the view",
                   .where = "standard output",
                   .next = "is the disk full, or was the reader closed?"});
  return status_done;
}

}  // namespace nevaperf::cli
