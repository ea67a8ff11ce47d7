#include "core/store/run_store.hpp"

#include <algorithm>

#include "core/base/clock.hpp"
#include "core/formats/run_json.hpp"
#include "core/store/names.hpp"

namespace nevaperf::store {

base::result<model::run> read_run_file(const base::file_system& files, const std::string& path) {
  const auto text = files.read(path);
  if (!text) return text.error();
  auto data = formats::read_run(*text);
  if (!data) return data.error().within(path);
  return data;
}

base::result<void> write_run_file(base::file_system& files, const std::string& path,
                                  const model::run& data) {
  const auto text = formats::write_run(data);
  if (!text) return text.error().within(path);
  return files.write_atomic(path, *text);
}

std::string make_run_id(std::int64_t wall_ns, std::uint64_t salt) {
  std::string id = base::rfc3339(wall_ns);
  std::erase_if(id, [](char c) { return c == '-' || c == ':'; });
  id += '-';
  constexpr int digits = 6;
  for (int i = 0; i < digits; ++i, salt >>= 4) id += "0123456789abcdef"[salt & 15];
  return id;
}

base::result<std::string> run_store::save(const model::run& data) {
  if (auto named = check_name(data.id, "run id"); !named) return named.error();
  std::string path = where_.run_file(data.id);
  if (auto written = write_run_file(files_, path, data); !written) return written.error();
  return path;
}

base::result<model::run> run_store::load(const std::string& id) const {
  if (auto named = check_name(id, "run id"); !named) return named.error();
  return read_run_file(files_, where_.run_file(id));
}

base::result<std::vector<std::string>> run_store::ids() const {
  return names_with_suffix(files_, where_.runs(), ".json");
}

}  // namespace nevaperf::store
