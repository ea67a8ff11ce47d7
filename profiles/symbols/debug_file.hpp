// A program or library on disk, with the debug data that belongs to it: its own, or that of a
// separate file found by build id or .gnu_debuglink in the usual places (/usr/lib/debug, beside the
// file, in .debug beside it).
//
// Addresses are those of the file (as its program headers have them). Answers are kept.
//
// Thread safety: owner only.
#pragma once

#include <elfutils/libdwfl.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/error.hpp"
#include "profiles/symbols/code_index.hpp"

namespace nevaperf::profiles {

struct named_call {
  std::string name;  // readable
  std::string linker_name;
  std::string file;
  std::int64_t line = 0;
  std::int64_t start_line = 0;
};

class debug_file {
 public:
  // The error: it cannot be read, or is no program.
  [[nodiscard]] static base::result<std::unique_ptr<debug_file>> open(const std::string& path);

  // The calls at an address, innermost first. Empty: nothing is known; a name beside it that merely
  // lies next is not used.
  [[nodiscard]] const std::vector<named_call>& find(std::uint64_t address);

  // The address of a byte of the file, for code that was mapped from there.
  [[nodiscard]] std::optional<std::uint64_t> address_of(std::uint64_t file_offset) const;

  [[nodiscard]] const std::string& build_id() const { return build_id_; }  // hex, or empty
  [[nodiscard]] bool has_lines() const { return has_lines_; }

 private:
  struct segment {
    std::uint64_t offset;
    std::uint64_t bytes;
    std::uint64_t address;
    bool is_code;
  };
  struct closer {
    void operator()(Dwfl* d) const { ::dwfl_end(d); }
  };

  debug_file(Dwfl* opened, Dwfl_Module* module);
  [[nodiscard]] std::vector<named_call> look_up(std::uint64_t address);

  std::unique_ptr<Dwfl, closer> opened_;
  Dwfl_Module* module_;
  Dwarf_Addr code_bias_ = 0;
  std::optional<code_index> code_;
  std::vector<segment> segments_;
  std::string build_id_;
  bool has_lines_ = false;
  std::unordered_map<std::uint64_t, std::vector<named_call>> known_;
};

}  // namespace nevaperf::profiles
