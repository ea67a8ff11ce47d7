// Where nevaperf keeps its state: the folder `.nevaperf` of the working directory, or another one.
//
//   runs/ID.json   runs/ID.journal   baselines/NAME.json   baselines/NAME.profiles/
//   profiles/   history.db
//
// Thread safety: values; share nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.hpp"

namespace nevaperf::store {

class state_dir {
 public:
  explicit state_dir(std::string root) : root_(std::move(root)) {}

  // `option` is what --dir gave, `variable` the value of NEVAPERF_DIR; the first that is not empty
  // wins.
  static state_dir resolve(const std::optional<std::string>& option, const char* variable);

  [[nodiscard]] const std::string& root() const { return root_; }
  [[nodiscard]] std::string runs() const { return root_ + "/runs"; }
  [[nodiscard]] std::string baselines() const { return root_ + "/baselines"; }
  [[nodiscard]] std::string profiles() const { return root_ + "/profiles"; }
  [[nodiscard]] std::string run_file(const std::string& id) const;
  [[nodiscard]] std::string journal_file(const std::string& id) const;
  [[nodiscard]] std::string baseline_file(const std::string& name) const;
  [[nodiscard]] std::string baseline_profiles(const std::string& name) const;  // a folder

 private:
  std::string root_;
};

// A name that becomes a file name: 1 to 100 of letters, digits, '.', '_', '-', '+'; not starting
// with '.' or '-'. `kind` is for the error: "baseline name", "run id".
[[nodiscard]] base::result<void> check_name(std::string_view name, const std::string& kind);

}  // namespace nevaperf::store
