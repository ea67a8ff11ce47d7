#include "cli/program_file.hpp"

#include <elf.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string_view>

namespace nevaperf::cli {

namespace {

bool is_executable(const std::string& file) {
  struct stat found {};
  return ::stat(file.c_str(), &found) == 0 && S_ISREG(found.st_mode) &&
         ::access(file.c_str(), X_OK) == 0;
}

template <class T>
bool read_at(std::ifstream& file, std::uint64_t at, T& into) {
  file.seekg(static_cast<std::streamoff>(at));
  file.read(reinterpret_cast<char*>(&into), sizeof into);
  return file.good();
}

}  // namespace

std::optional<std::string> find_program(const std::string& word) {
  if (word.find('/') != std::string::npos)
    return is_executable(word) ? std::optional(word) : std::nullopt;
  const char* const path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "/usr/bin:/bin" : path;
  while (true) {
    const std::string_view folder = rest.substr(0, rest.find(':'));
    const std::string file = (folder.empty() ? "." : std::string(folder)) + "/" + word;
    if (is_executable(file)) return file;
    if (folder.size() == rest.size()) return std::nullopt;
    rest.remove_prefix(folder.size() + 1);
  }
}

std::optional<std::string> why_no_preload(const std::string& file) {
  struct stat found {};
  if (::stat(file.c_str(), &found) != 0) return std::nullopt;
  const bool changes_user = (found.st_mode & S_ISUID) != 0 && found.st_uid != ::getuid();
  const bool changes_group = (found.st_mode & S_ISGID) != 0 && found.st_gid != ::getgid();
  if (changes_user || changes_group) return "runs as another user (setuid)";

  std::ifstream bytes(file, std::ios::binary);
  Elf64_Ehdr header{};
  if (!read_at(bytes, 0, header) || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
    return std::nullopt;
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || sizeof(void*) != 8)
    return "is of another word size";
  for (unsigned i = 0; i < header.e_phnum; ++i) {
    Elf64_Phdr part{};
    if (!read_at(bytes, header.e_phoff + std::uint64_t{i} * header.e_phentsize, part)) break;
    if (part.p_type == PT_INTERP) return std::nullopt;
  }
  return "is linked statically";
}

}  // namespace nevaperf::cli
