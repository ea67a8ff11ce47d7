#include "core/store/baseline_store.hpp"

#include "core/store/names.hpp"

namespace nevaperf::store {

base::result<std::string> baseline_store::save(const std::string& name, const std::string& saved,
                                               const model::run& data) {
  if (auto named = check_name(name, "baseline name"); !named) return named.error();
  std::string path = where_.baseline_file(name);
  const auto text = formats::write_baseline({.name = name, .saved = saved, .run = data});
  if (!text) return text.error().within(path);
  if (auto written = files_.write_atomic(path, *text); !written) return written.error();
  return path;
}

base::result<formats::baseline> baseline_store::load(const std::string& name) const {
  if (auto named = check_name(name, "baseline name"); !named) return named.error();
  const std::string path = where_.baseline_file(name);
  if (!files_.exists(path)) return unknown(name);
  const auto text = files_.read(path);
  if (!text) return text.error();
  auto data = formats::read_baseline(*text);
  if (!data) return data.error().within(path);
  return data;
}

base::result<void> baseline_store::remove(const std::string& name) {
  if (auto named = check_name(name, "baseline name"); !named) return named.error();
  const std::string path = where_.baseline_file(name);
  if (!files_.exists(path)) return unknown(name);
  return files_.remove(path);
}

base::result<std::vector<std::string>> baseline_store::names() const {
  return names_with_suffix(files_, where_.baselines(), ".json");
}

base::error baseline_store::unknown(const std::string& name) const {
  base::error out{.what = "no baseline '" + name + "'",
                  .where = where_.baselines(),
                  .next = "nevaperf bench --save " + name + " makes it"};
  const auto known = names();
  if (!known || known->empty()) return out;
  constexpr std::size_t shown = 8;
  std::string list;
  for (std::size_t i = 0; i < known->size() && i < shown; ++i)
    list += (i ? ", " : "") + (*known)[i];
  if (known->size() > shown) list += ", ...";
  out.next = "there are: " + list;
  return out;
}

}  // namespace nevaperf::store
