// Finds functions, inlined calls and source lines in the DWARF data of one file.
//
// https://dwarfstd.org (versions 2 to 5). Compilation units are found by the ranges that they state
// themselves, since not every compiler writes .debug_aranges; the functions of a unit are listed
// when its first address is asked for. Addresses are those of the DWARF data.
//
// Thread safety: owner only.
#pragma once

#include <elfutils/libdw.h>

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace nevaperf::profiles {

// One call at an address. What is not known is empty or 0.
struct code_call {
  std::string linker_name;  // mangled
  std::string source_name;  // as in the source; only where there is no other
  std::string file;
  std::int64_t line = 0;
  std::int64_t start_line = 0;  // of the function
};

class code_index {
 public:
  // The data must outlive this. Null: finds nothing.
  explicit code_index(Dwarf* data);

  // Innermost first; empty: no function there. The last is not inlined.
  [[nodiscard]] std::vector<code_call> find(std::uint64_t address);

 private:
  struct function_range {
    std::uint64_t start;
    std::uint64_t limit;
    Dwarf_Off die;
  };
  struct unit {
    Dwarf_Die die;
    bool is_listed = false;
    std::vector<function_range> functions;  // sorted by start
    std::uint64_t longest = 0;              // of them
  };
  struct unit_range {
    std::uint64_t start;
    std::uint64_t limit;
    std::uint32_t unit;
  };

  void add_unit(const Dwarf_Die& die);
  void list_functions(unit& u, Dwarf_Die parent, int depth) const;
  [[nodiscard]] unit* unit_at(std::uint64_t address);
  [[nodiscard]] bool function_at(unit& u, std::uint64_t address, Dwarf_Die& found) const;

  [[nodiscard]] const std::string& name_in_source(Dwarf_Die& function);

  std::unordered_map<const void*, std::string> names_;  // by the place of the declaration
  std::vector<unit> units_;
  std::vector<unit_range> ranges_;  // sorted by start
};

}  // namespace nevaperf::profiles
