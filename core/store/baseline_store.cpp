#include "core/store/baseline_store.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "core/store/names.hpp"

namespace nevaperf::store {

namespace {

// "3-cpu.pb" -> 3
std::uint64_t generation_of(const std::string& file) {
  std::uint64_t number = 0;
  std::from_chars(file.data(), file.data() + file.size(), number);
  return number;
}

base::result<void> check_profile_names(const std::vector<profile_file>& profiles) {
  std::set<std::string> seen;
  for (const profile_file& one : profiles) {
    if (auto named = check_name(one.name, "profile name"); !named) return named;
    if (seen.insert(one.name).second) continue;
    return base::error{.what = "two profiles have the name '" + one.name + "'",
                       .where = "",
                       .next = "rename one of the files"};
  }
  return {};
}

}  // namespace

base::result<std::string> baseline_store::save(const std::string& name, const std::string& saved,
                                               const model::run& data,
                                               const std::vector<profile_file>& profiles) {
  if (auto named = check_name(name, "baseline name"); !named) return named.error();
  if (auto named = check_profile_names(profiles); !named) return named.error();
  std::string path = where_.baseline_file(name);
  auto kept = write_profiles(name, profiles);
  if (!kept) return kept.error();
  const auto text =
      formats::write_baseline({.name = name, .saved = saved, .run = data, .profiles = *kept});
  auto written =
      text ? files_.write_atomic(path, *text) : base::result<void>(text.error().within(path));
  if (!written) {
    for (const formats::kept_profile& one : *kept) (void)files_.remove(profile_path(name, one));
    return written.error();
  }
  remove_profiles_but(name, *kept);
  return path;
}

// Beside those of the baseline that is there, under names of a generation of their own.
base::result<std::vector<formats::kept_profile>> baseline_store::write_profiles(
    const std::string& name, const std::vector<profile_file>& profiles) {
  std::vector<formats::kept_profile> kept;
  if (profiles.empty()) return kept;
  const auto there = files_.list(where_.baseline_profiles(name));
  if (!there) return there.error();
  std::uint64_t last = 0;
  for (const std::string& file : *there) last = std::max(last, generation_of(file));
  for (const profile_file& one : profiles) {
    kept.push_back({.name = one.name, .file = std::to_string(last + 1) + "-" + one.name});
    auto written = files_.write_atomic(profile_path(name, kept.back()), one.bytes);
    if (written) continue;
    kept.pop_back();
    for (const formats::kept_profile& done : kept) (void)files_.remove(profile_path(name, done));
    return written.error();
  }
  return kept;
}

// What stays by an error is left over, not wrong.
void baseline_store::remove_profiles_but(const std::string& name,
                                         const std::vector<formats::kept_profile>& kept) {
  const std::string folder = where_.baseline_profiles(name);
  const auto there = files_.list(folder);
  if (!there) return;
  for (const std::string& file : *there) {
    const bool is_kept =
        std::any_of(kept.begin(), kept.end(), [&](const auto& one) { return one.file == file; });
    if (!is_kept) (void)files_.remove(folder + "/" + file);
  }
  if (kept.empty()) (void)files_.remove(folder);
}

std::string baseline_store::profile_path(const std::string& name,
                                         const formats::kept_profile& profile) const {
  return where_.baseline_profiles(name) + "/" + profile.file;
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
  auto removed = files_.remove(path);
  if (removed) remove_profiles_but(name, {});
  return removed;
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
