#include "cli/trace_file.hpp"

#include <cerrno>
#include <string_view>
#include <utility>

#include "core/base/file.hpp"

namespace nevaperf::cli {

base::result<trace_file> trace_file::open(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "wbe");
  if (file == nullptr) return base::file_error(path, errno, "write the trace");
  return trace_file(path, file);
}

base::result<void> trace_file::write(const runtime::trace& seen,
                                     const runtime::graph_names& names) {
  int failure = 0;
  const auto note = [&failure](bool is_good) {
    if (!is_good && failure == 0) failure = errno;
    return is_good;
  };
  runtime::write_chrome_trace(seen, names, [&](std::string_view piece) {
    return note(std::fwrite(piece.data(), 1, piece.size(), file_.get()) == piece.size());
  });
  note(std::fclose(file_.release()) == 0);
  if (failure != 0) return base::file_error(path_, failure, "write the trace");
  return {};
}

}  // namespace nevaperf::cli
