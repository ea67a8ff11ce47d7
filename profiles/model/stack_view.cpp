#include "profiles/model/stack_view.hpp"

#include <algorithm>
#include <unordered_map>

namespace nevaperf::profiles {

namespace {

std::string base_name(const std::string& path) {
  return path.substr(path.find_last_of('/') + 1);
}

// "github.com/a/b.(*T).m" -> "github.com/a/b"; Go puts everything into one file.
std::string package_of(const std::string& name) {
  const std::size_t slash = name.find_last_of('/', name.find('('));
  const std::size_t dot = name.find('.', slash == std::string::npos ? 0 : slash);
  return dot == std::string::npos || name.find("::") < dot ? std::string() : name.substr(0, dot);
}

class view_maker {
 public:
  view_maker(const profile& p, std::size_t type) : p_(p), type_(type) {
    made_.type = harmless(p.text(p.types[type].type));
    made_.unit = harmless(p.text(p.types[type].unit));
    for (const location& at : p.locations) frames_of_.push_back(frames_at(at));
  }

  stack_view make() && {
    for (std::size_t i = 0; i < p_.samples.size(); ++i) {
      const std::int64_t value = p_.values_of(i)[type_];
      if (value == 0) continue;
      view_stack s{.first = static_cast<std::uint32_t>(made_.calls.size()),
                   .sample = static_cast<std::uint32_t>(i),
                   .value = value};
      const auto stack = p_.stack_of(p_.samples[i]);
      for (auto at = stack.rbegin(); at != stack.rend(); ++at) {
        const auto& frames = frames_of_[at->index()];
        made_.calls.insert(made_.calls.end(), frames.begin(), frames.end());
      }
      s.count = static_cast<std::uint32_t>(made_.calls.size()) - s.first;
      made_.stacks.push_back(s);
      made_.total = add_saturated(made_.total, value);
    }
    return std::move(made_);
  }

 private:
  // Outermost first.
  std::vector<std::uint32_t> frames_at(const location& at) {
    const std::string file =
        at.map.is_none() ? std::string() : base_name(p_.text(p_.mappings[at.map.index()].file));
    std::vector<std::uint32_t> found;
    for (auto l = at.lines.rbegin(); l != at.lines.rend(); ++l) {
      if (l->function.is_none()) continue;
      const function& f = p_.functions[l->function.index()];
      const std::string& name = p_.text(f.name == no_text ? f.system_name : f.name);
      if (name.empty()) continue;
      const std::string package = package_of(name);
      found.push_back(index_of(name, p_.text(f.file), package.empty() ? file : package));
    }
    if (found.empty())
      found.push_back(index_of("[" + (file.empty() ? "unknown" : file) + "]", "", file));
    return found;
  }

  std::uint32_t index_of(const std::string& name, const std::string& file,
                         const std::string& module) {
    const auto [at, fresh] =
        known_.try_emplace(name + '\0' + module, static_cast<std::uint32_t>(made_.frames.size()));
    if (fresh) made_.frames.push_back({harmless(name), harmless(file), harmless(module)});
    return at->second;
  }

  const profile& p_;
  std::size_t type_;
  stack_view made_;
  std::unordered_map<std::string, std::uint32_t> known_;
  std::vector<std::vector<std::uint32_t>> frames_of_;  // by location
};

}  // namespace

std::string harmless(const std::string& text) {
  std::string made = text;
  for (std::size_t i = 0; i < made.size(); ++i) {
    const auto c = static_cast<unsigned char>(made[i]);
    if (c < ' ' || c == 0x7f) made[i] = '?';
    // U+0080 to U+009F control terminals too.
    const bool second = c >= 0x80 && c < 0xa0 && i > 0 && made[i - 1] == '\xc2';
    if (second) made.replace(i - 1, 2, "?"), --i;
  }
  return made;
}

stack_view make_stack_view(const profile& p, std::size_t type) {
  return view_maker(p, type).make();
}

}  // namespace nevaperf::profiles
