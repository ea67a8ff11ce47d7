#include "profiles/symbols/code_index.hpp"

#include <dwarf.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace nevaperf::profiles {

namespace {

// Nested further than any compiler nests: damaged data.
constexpr int deepest = 200;

template <class Visit>
void for_each_range(Dwarf_Die& die, Visit&& visit) {
  Dwarf_Addr base = 0;
  Dwarf_Addr start = 0;
  Dwarf_Addr limit = 0;
  std::ptrdiff_t at = 0;
  while ((at = ::dwarf_ranges(&die, at, &base, &start, &limit)) > 0) {
    // Functions that the linker removed have their ranges at 0.
    if (start != 0 && start < limit) visit(start, limit);
  }
}

template <class Visit>
void for_each_child(Dwarf_Die& parent, Visit&& visit) {
  Dwarf_Die child;
  if (::dwarf_child(&parent, &child) != 0) return;
  do {
    if (!visit(child)) return;
  } while (::dwarf_siblingof(&child, &child) == 0);
}

std::string text_of(Dwarf_Die& die, unsigned int name) {
  Dwarf_Attribute found;
  const char* const text = ::dwarf_formstring(::dwarf_attr_integrate(&die, name, &found));
  return text == nullptr ? std::string() : std::string(text);
}

std::int64_t number_of(Dwarf_Die& die, unsigned int name) {
  Dwarf_Attribute found;
  Dwarf_Word value = 0;
  if (::dwarf_formudata(::dwarf_attr_integrate(&die, name, &found), &value) != 0) return 0;
  return static_cast<std::int64_t>(value);
}

std::string full_path(Dwarf_Die& unit, const char* path) {
  if (path == nullptr) return {};
  const std::filesystem::path given(path);
  const std::filesystem::path folder = given.is_absolute() ? "" : text_of(unit, DW_AT_comp_dir);
  return (folder / given).lexically_normal().string();
}

// Where a function is declared: debug data refers from copies to the original.
Dwarf_Die declaration_of(Dwarf_Die die) {
  for (const unsigned int link : {DW_AT_abstract_origin, DW_AT_specification}) {
    Dwarf_Attribute found;
    Dwarf_Die to;
    if (::dwarf_formref_die(::dwarf_attr(&die, link, &found), &to) != nullptr) die = to;
  }
  return die;
}

// "a::b::" for what is declared in namespace a and class b.
std::string scope_of(Dwarf_Die die) {
  Dwarf_Die declared = declaration_of(die);
  Dwarf_Die* scopes = nullptr;
  const int count = ::dwarf_getscopes_die(&declared, &scopes);
  std::string text;
  for (int i = count - 1; i > 0; --i) {
    const int tag = ::dwarf_tag(&scopes[i]);
    const char* const name = ::dwarf_diename(&scopes[i]);
    if (tag == DW_TAG_namespace)
      text += std::string(name == nullptr ? "(anonymous namespace)" : name) + "::";
    else if (name != nullptr && (tag == DW_TAG_class_type || tag == DW_TAG_structure_type ||
                                 tag == DW_TAG_union_type || tag == DW_TAG_subprogram))
      text += std::string(name) + "::";
    else if (name == nullptr && (tag == DW_TAG_class_type || tag == DW_TAG_structure_type))
      text += "{lambda}::";
  }
  std::free(scopes);
  return text;
}

struct source_line {
  std::string file;
  std::int64_t line = 0;
};

// Code that the compiler made up has line 0: it belongs to the line before it.
source_line line_at(Dwarf_Die& unit, std::uint64_t address) {
  Dwarf_Lines* lines = nullptr;
  std::size_t count = 0;
  if (::dwarf_getsrclines(&unit, &lines, &count) != 0) return {};
  const auto address_of = [lines](std::size_t i) {
    Dwarf_Addr at = 0;
    ::dwarf_lineaddr(::dwarf_onesrcline(lines, i), &at);
    return at;
  };
  std::size_t low = 0;
  std::size_t high = count;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (address_of(middle) <= address)
      low = middle + 1;
    else
      high = middle;
  }
  while (low > 0) {
    Dwarf_Line* const found = ::dwarf_onesrcline(lines, --low);
    bool is_end = false;
    int number = 0;
    if (::dwarf_lineendsequence(found, &is_end) != 0 || is_end) break;
    if (::dwarf_lineno(found, &number) == 0 && number > 0)
      return {.file = full_path(unit, ::dwarf_linesrc(found, nullptr, nullptr)), .line = number};
  }
  return {};
}

source_line call_site_of(Dwarf_Die& unit, Dwarf_Die& inlined) {
  Dwarf_Files* files = nullptr;
  std::size_t count = 0;
  const auto index = static_cast<std::size_t>(number_of(inlined, DW_AT_call_file));
  if (::dwarf_getsrcfiles(&unit, &files, &count) != 0 || index >= count) return {};
  return {.file = full_path(unit, ::dwarf_filesrc(files, index, nullptr, nullptr)),
          .line = number_of(inlined, DW_AT_call_line)};
}

// The calls at an address, outermost first.
std::vector<Dwarf_Die> inlined_calls(const Dwarf_Die& function, std::uint64_t address) {
  std::vector<Dwarf_Die> calls{function};
  Dwarf_Die at = function;
  for (int depth = 0; depth < deepest; ++depth) {
    bool went_down = false;
    for_each_child(at, [&](Dwarf_Die& child) {
      const int tag = ::dwarf_tag(&child);
      if (tag != DW_TAG_inlined_subroutine && tag != DW_TAG_lexical_block) return true;
      if (::dwarf_haspc(&child, address) <= 0) return true;
      if (tag == DW_TAG_inlined_subroutine) calls.push_back(child);
      at = child;
      went_down = true;
      return false;
    });
    if (!went_down) break;
  }
  return calls;
}

}  // namespace

code_index::code_index(Dwarf* data) {
  Dwarf_CU* at = nullptr;
  Dwarf_Die die;
  Dwarf_Die split;
  std::uint8_t kind = 0;
  while (data != nullptr && ::dwarf_get_units(data, at, &at, nullptr, &kind, &die, &split) == 0) {
    if (kind == DW_UT_skeleton && ::dwarf_tag(&split) == DW_TAG_compile_unit)
      add_unit(split);
    else if (::dwarf_tag(&die) == DW_TAG_compile_unit)
      add_unit(die);
  }
  std::ranges::sort(ranges_, {}, &unit_range::start);
}

void code_index::add_unit(const Dwarf_Die& die) {
  const auto number = static_cast<std::uint32_t>(units_.size());
  units_.push_back({.die = die, .is_listed = false, .functions = {}, .longest = 0});
  for_each_range(units_.back().die, [&](std::uint64_t start, std::uint64_t limit) {
    ranges_.push_back({.start = start, .limit = limit, .unit = number});
  });
}

code_index::unit* code_index::unit_at(std::uint64_t address) {
  auto after = std::ranges::upper_bound(ranges_, address, {}, &unit_range::start);
  // Ranges of units do not overlap but for damage; a few steps back find what a broken one hides.
  for (int tries = 0; after != ranges_.begin() && tries < 8; ++tries) {
    --after;
    if (address < after->limit) return &units_[after->unit];
  }
  return nullptr;
}

void code_index::list_functions(unit& u, Dwarf_Die parent, int depth) const {
  if (depth > deepest) return;
  for_each_child(parent, [&](Dwarf_Die& child) {
    switch (::dwarf_tag(&child)) {
      case DW_TAG_subprogram:
        for_each_range(child, [&](std::uint64_t start, std::uint64_t limit) {
          u.functions.push_back({.start = start, .limit = limit, .die = ::dwarf_dieoffset(&child)});
          u.longest = std::max(u.longest, limit - start);
        });
        [[fallthrough]];
      case DW_TAG_namespace:
      case DW_TAG_module:
      case DW_TAG_class_type:
      case DW_TAG_structure_type:
      case DW_TAG_union_type:
      case DW_TAG_lexical_block:
        list_functions(u, child, depth + 1);
        break;
      default:
        break;
    }
    return true;
  });
}

bool code_index::function_at(unit& u, std::uint64_t address, Dwarf_Die& found) const {
  if (!u.is_listed) {
    list_functions(u, u.die, 0);
    std::ranges::sort(u.functions, {}, &function_range::start);
    u.is_listed = true;
  }
  // The smallest that holds the address: functions may be nested.
  const function_range* best = nullptr;
  auto at = std::ranges::upper_bound(u.functions, address, {}, &function_range::start);
  while (at != u.functions.begin()) {
    --at;
    if (address - at->start >= u.longest) break;
    if (address >= at->limit) continue;
    if (best == nullptr || at->limit - at->start < best->limit - best->start) best = &*at;
  }
  if (best == nullptr) return false;
  return ::dwarf_offdie(::dwarf_cu_getdwarf(u.die.cu), best->die, &found) != nullptr;
}

const std::string& code_index::name_in_source(Dwarf_Die& function) {
  const Dwarf_Die declared = declaration_of(function);
  const auto [at, is_new] = names_.try_emplace(declared.addr);
  if (is_new) {
    const std::string name = text_of(function, DW_AT_name);
    at->second = name.empty() ? name : scope_of(function) + name;
  }
  return at->second;
}

std::vector<code_call> code_index::find(std::uint64_t address) {
  unit* const u = unit_at(address);
  Dwarf_Die function;
  if (u == nullptr || !function_at(*u, address, function)) return {};
  std::vector<Dwarf_Die> calls = inlined_calls(function, address);
  source_line at = line_at(u->die, address);
  std::vector<code_call> found;
  while (!calls.empty()) {
    Dwarf_Die& call = calls.back();
    int declared = 0;
    ::dwarf_decl_line(&call, &declared);
    std::string linker_name = text_of(call, DW_AT_linkage_name);
    if (linker_name.empty()) linker_name = text_of(call, DW_AT_MIPS_linkage_name);
    std::string source_name;
    if (linker_name.empty()) source_name = name_in_source(call);
    found.push_back({.linker_name = std::move(linker_name),
                     .source_name = std::move(source_name),
                     .file = std::move(at.file),
                     .line = at.line != 0 ? at.line : declared,
                     .start_line = declared});
    if (calls.size() > 1) at = call_site_of(u->die, call);
    calls.pop_back();
  }
  return found;
}

}  // namespace nevaperf::profiles
