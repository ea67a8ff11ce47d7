// The environment variables of a program: a copy, so that a program changes its own and not those
// of the process.
//
// Thread safety: any thread.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nevaperf::runtime {

class variable_table {
 public:
  variable_table() = default;
  // "KEY=VALUE" each; of several with one key the first counts. What has no '=' is left out.
  explicit variable_table(std::vector<std::string> entries);
  static variable_table of_process();

  [[nodiscard]] std::optional<std::string> find(std::string_view key) const;
  // False if the key or the value cannot be one: an empty key, '=' in it, a zero byte in either.
  bool set(std::string_view key, std::string_view value);
  void unset(std::string_view key);
  void clear();
  [[nodiscard]] std::vector<std::string> entries()
      const;  // in the order in which they were set first

  // `text` with $NAME and ${NAME} replaced, as Go's os.ExpandEnv does it.
  [[nodiscard]] std::string expand(std::string_view text) const;

  // $TMPDIR, or /tmp.
  [[nodiscard]] std::string temporary_folder() const;

 private:
  std::vector<std::string>::iterator place_of(std::string_view key);
  std::vector<std::string>::const_iterator place_of(std::string_view key) const;

  mutable std::mutex lock_;
  std::vector<std::string> entries_;
};

}  // namespace nevaperf::runtime
