#include "runtime/system/file_table.hpp"

namespace nevaperf::runtime {

std::int64_t file_table::add(descriptor at, std::string path) {
  auto file = std::make_shared<open_file>(open_file{std::move(at), std::move(path)});
  const std::lock_guard hold(lock_);
  files_.emplace(next_, std::move(file));
  return next_++;
}

std::shared_ptr<open_file> file_table::find(std::int64_t handle) const {
  const std::lock_guard hold(lock_);
  const auto found = files_.find(handle);
  return found == files_.end() ? nullptr : found->second;
}

std::shared_ptr<open_file> file_table::remove(std::int64_t handle) {
  const std::lock_guard hold(lock_);
  const auto found = files_.extract(handle);
  return found.empty() ? nullptr : std::move(found.mapped());
}

}  // namespace nevaperf::runtime
