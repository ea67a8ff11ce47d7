// The file of `run --trace`: opened before the program starts, so that a path that cannot be
// written is found in time, and written after its end.
//
// Thread safety: owner only.
#pragma once

#include <cstdio>
#include <memory>
#include <string>

#include "core/base/error.hpp"
#include "runtime/observe/chrome_trace.hpp"

namespace nevaperf::cli {

class trace_file {
 public:
  static base::result<trace_file> open(const std::string& path);

  base::result<void> write(const runtime::trace& seen, const runtime::graph_names& names);

 private:
  struct closer {
    void operator()(std::FILE* f) const { std::fclose(f); }
  };
  trace_file(std::string path, std::FILE* file) : path_(std::move(path)), file_(file) {}

  std::string path_;
  std::unique_ptr<std::FILE, closer> file_;
};

}  // namespace nevaperf::cli
