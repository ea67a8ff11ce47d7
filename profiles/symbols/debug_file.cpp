#include "profiles/symbols/debug_file.hpp"

#include <gelf.h>

#include "profiles/symbols/names.hpp"

namespace nevaperf::profiles {

namespace {

constexpr std::uint64_t page_bytes = 4096;

// Separate debug data by the rules of the system; the file itself is given.
const Dwfl_Callbacks lookups = {.find_elf = nullptr,
                                .find_debuginfo = ::dwfl_standard_find_debuginfo,
                                .section_address = ::dwfl_offline_section_address,
                                .debuginfo_path = nullptr};

std::string hex(const unsigned char* bytes, int count) {
  constexpr const char* digits = "0123456789abcdef";
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += digits[bytes[i] >> 4U];
    text += digits[bytes[i] & 15U];
  }
  return text;
}

// The symbol that holds the address, if its size says so.
std::string symbol_at(Dwfl_Module* module, std::uint64_t address) {
  GElf_Off offset = 0;
  GElf_Sym symbol;
  const char* const name =
      ::dwfl_module_addrinfo(module, address, &offset, &symbol, nullptr, nullptr, nullptr);
  if (name == nullptr || *name == '\0' || offset >= symbol.st_size) return {};
  return name;
}

}  // namespace

base::result<std::unique_ptr<debug_file>> debug_file::open(const std::string& path) {
  Dwfl* const opened = ::dwfl_begin(&lookups);
  const auto failed = [&](const char* reason) {
    if (opened != nullptr) ::dwfl_end(opened);
    return base::error{.what = std::string("cannot read its symbols: ") + reason,
                       .where = path,
                       .next = "is the file that ran still there?"};
  };
  if (opened == nullptr) return failed(::dwfl_errmsg(-1));
  ::dwfl_report_begin(opened);
  Dwfl_Module* const module =
      ::dwfl_report_elf(opened, path.c_str(), path.c_str(), -1, 0, /*add_p_vaddr=*/true);
  if (module == nullptr) return failed(::dwfl_errmsg(-1));
  ::dwfl_report_end(opened, nullptr, nullptr);
  return std::unique_ptr<debug_file>(new debug_file(opened, module));
}

debug_file::debug_file(Dwfl* opened, Dwfl_Module* module) : opened_(opened), module_(module) {
  GElf_Addr bias = 0;
  Elf* const elf = ::dwfl_module_getelf(module, &bias);
  std::size_t count = 0;
  if (elf != nullptr && ::elf_getphdrnum(elf, &count) == 0) {
    for (std::size_t i = 0; i < count; ++i) {
      GElf_Phdr header;
      if (::gelf_getphdr(elf, static_cast<int>(i), &header) == nullptr) continue;
      if (header.p_type == PT_LOAD)
        segments_.push_back({.offset = header.p_offset,
                             .bytes = header.p_filesz,
                             .address = header.p_vaddr + bias,
                             .is_code = (header.p_flags & PF_X) != 0});
    }
  }
  const unsigned char* bits = nullptr;
  GElf_Addr unused = 0;
  if (const int bytes = ::dwfl_module_build_id(module, &bits, &unused); bytes > 0)
    build_id_ = hex(bits, bytes);
  Dwarf* const data = ::dwfl_module_getdwarf(module, &code_bias_);
  has_lines_ = data != nullptr;
  code_.emplace(data);
}

std::optional<std::uint64_t> debug_file::address_of(std::uint64_t file_offset) const {
  // A mapping begins at a page; the segment in it may begin later.
  const segment* found = nullptr;
  for (const segment& s : segments_) {
    const std::uint64_t start = s.offset - s.offset % page_bytes;
    if (file_offset < start || file_offset >= s.offset + s.bytes) continue;
    if (found == nullptr || (s.is_code && !found->is_code)) found = &s;
  }
  if (found == nullptr) return std::nullopt;
  return found->address + file_offset - found->offset;
}

const std::vector<named_call>& debug_file::find(std::uint64_t address) {
  const auto [at, is_new] = known_.try_emplace(address);
  if (is_new) at->second = look_up(address);
  return at->second;
}

std::vector<named_call> debug_file::look_up(std::uint64_t address) {
  const std::string symbol = symbol_at(module_, address);
  std::vector<named_call> calls;
  for (code_call& each : code_->find(address - code_bias_)) {
    const bool has_linker_name = !each.linker_name.empty();
    calls.push_back({.name = has_linker_name ? readable_name(each.linker_name)
                                             : without_parameters(each.source_name),
                     .linker_name = has_linker_name ? each.linker_name : each.source_name,
                     .file = std::move(each.file),
                     .line = each.line,
                     .start_line = each.start_line});
  }
  if (symbol.empty()) return calls;
  if (calls.empty()) calls.emplace_back();
  // The symbol says which function it is (with its namespace) where the debug data is short.
  named_call& outer = calls.back();
  if (outer.linker_name.empty() ||
      (!outer.linker_name.starts_with("_Z") && symbol.starts_with("_Z"))) {
    outer.name = readable_name(symbol);
    outer.linker_name = symbol;
  }
  return calls;
}

}  // namespace nevaperf::profiles
