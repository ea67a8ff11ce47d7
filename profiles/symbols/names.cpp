#include "profiles/symbols/names.hpp"

#include <cxxabi.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <memory>

namespace nevaperf::profiles {

namespace {

// Demangling takes time and stack that grow with the name; longer ones are shown as they are.
constexpr std::size_t longest_name = 16 * 1024;

// Empty: not a mangled name.
std::string demangled(const std::string& name) {
  if (!name.starts_with("_Z") || name.size() > longest_name) return {};
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> text(
      abi::__cxa_demangle(name.c_str(), nullptr, nullptr, &status), &std::free);
  return status == 0 && text ? std::string(text.get()) : std::string();
}

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$';
}

// Where the bracket at `open` is closed; the end of the text if it is not.
std::size_t closing(std::string_view text, std::size_t open) {
  const char opens = text[open];
  const char closes = opens == '<' ? '>' : opens == '(' ? ')' : '}';
  std::size_t depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == opens) {
      ++depth;
    } else if (opens == '<' && text[i] == '(') {
      i = closing(text, i);
    } else if (text[i] == closes && !(closes == '>' && i > 0 && text[i - 1] == '-')) {
      if (--depth == 0) return i;
    }
  }
  return text.size();
}

// The length of an operator's name after the word: "()", "<<", " new[]", " bool".
std::size_t operator_length(std::string_view rest) {
  if (rest.starts_with("()") || rest.starts_with("[]")) return 2;
  if (rest.starts_with(" ")) {
    const std::size_t end = rest.find_first_of("(<", 1);
    return end == std::string_view::npos ? rest.size() : end;
  }
  const std::size_t end = rest.find_first_not_of("+-*/%^&|~!=<>,");
  return end == std::string_view::npos ? rest.size() : end;
}

// GCC names the functions of a coroutine after its frame, which is named after the coroutine:
// NAME(…LENGTH_ZNAME.Frame*).actor
std::string coroutine_of(const std::string& name) {
  const std::size_t frame = name.rfind(".Frame");
  if (frame == std::string::npos) return {};
  const std::size_t start = name.rfind("_Z", frame);
  if (start == std::string::npos || start == 0) return {};
  std::string text = demangled(name.substr(start, frame - start));
  if (text.empty()) return {};
  text = without_parameters(text);
  return name.find(".destroy", frame) == std::string::npos ? text : text + " [destroy]";
}

// Without what the linker or the compiler has appended: "@@GLIBC_2.2.5", ".isra.0".
std::string_view core_of(std::string_view name) {
  name = name.substr(0, name.find('@'));
  if (const std::size_t dot = name.find('.', 1); dot != std::string_view::npos) {
    for (const std::string_view clone :
         {".cold", ".part", ".isra", ".constprop", ".lto_priv", ".localalias", ".llvm", ".actor"}) {
      if (name.substr(dot).starts_with(clone)) return name.substr(0, dot);
    }
  }
  return name;
}

}  // namespace

std::string without_parameters(std::string_view text) {
  text = text.substr(0, text.find(" [clone "));
  std::string out;
  bool in_operator = false;  // its name may hold spaces
  bool had_parameters = false;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '{') {
      const std::size_t end = std::min(closing(text, i) + 1, text.size());
      out += text.substr(i, end - i);
      i = end;
    } else if (c == '(' && text.substr(i).starts_with("(anonymous namespace)")) {
      out += "(anonymous namespace)";
      i += std::string_view("(anonymous namespace)").size();
    } else if (c == '(' || c == '<') {
      had_parameters = had_parameters || c == '(';
      i = std::min(closing(text, i) + 1, text.size());
    } else if (text.substr(i).starts_with("operator") && (i == 0 || !is_word(text[i - 1])) &&
               (i + 8 < text.size() && !is_word(text[i + 8]))) {
      const std::size_t length = 8 + operator_length(text.substr(i + 8));
      out += text.substr(i, length);
      i += length;
      in_operator = true;
    } else if (c == ' ' && had_parameters) {
      // "const", "&" and the like; a member of a local class may come behind.
      i = std::min(text.find(':', i), text.size());
    } else if (c == ' ' && !in_operator) {
      out.clear();  // a return type
      ++i;
    } else if (c == ' ') {
      ++i;  // "operator< <int>"
    } else {
      if (c == ':') in_operator = false;
      out += c;
      ++i;
    }
  }
  return out.empty() ? std::string(text) : out;
}

std::string readable_name(std::string_view linker_name) {
  const std::string whole(linker_name);
  if (!whole.starts_with("_Z")) return std::string(core_of(whole));
  if (std::string coroutine = coroutine_of(whole); !coroutine.empty()) return coroutine;
  std::string text = demangled(whole.substr(0, whole.find('@')));
  if (text.empty()) text = demangled(std::string(core_of(whole)));
  return text.empty() ? whole : without_parameters(text);
}

}  // namespace nevaperf::profiles
