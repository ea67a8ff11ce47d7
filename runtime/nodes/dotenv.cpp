// Environment variables from .env files.
#include <fcntl.h>

#include <string>

#include "runtime/message/structure.hpp"
#include "runtime/message/text.hpp"
#include "runtime/nodes/dotenv_text.hpp"
#include "runtime/nodes/error_value.hpp"
#include "runtime/nodes/families.hpp"
#include "runtime/nodes/go_space.hpp"
#include "runtime/schedule/waits.hpp"
#include "runtime/system/descriptor.hpp"
#include "runtime/system/errno_text.hpp"
#include "runtime/system/variables.hpp"

namespace nevaperf::runtime {

namespace {

using started = base::result<node_task>;

constexpr std::string_view default_file = ".env";

enum class existing { kept, replaced };

base::error cannot_set(std::string_view key) {
  std::string what = "set ";
  append_go_quoted(what, key);
  return {.what = what + ": setenv: invalid argument", .where = {}, .next = {}};
}

// All of the file is read before anything is set.
base::result<void> load(const std::string& path, existing what, variable_table& variables,
                        int cancel) {
  const auto file = open_path(path, O_RDONLY, 0, cancel);
  if (!file) return file.error();
  std::string text;
  if (const int error = read_to_end(file->number(), text, cancel); error != 0)
    return path_error("read", path, error);
  const auto entries = parse_dotenv(text);
  if (!entries) return entries.error();
  for (const auto& [key, value] : *entries) {
    if (what == existing::kept && variables.find(key)) continue;
    if (!variables.set(key, value)) return cannot_set(key);
  }
  return {};
}

// `name` gives a file name, or just a signal.
node_task load_file(input name, bool has_name, existing what, output res, output err,
                    variable_table& variables) {
  for (;;) {
    const message given = co_await name.receive();
    std::string path(has_name ? trim_go_space(name.string(given)) : default_file);
    if (path.empty()) path = default_file;
    base::result<void> loaded;
    co_await blocking_call([&](const blocking_pool& pool) {
      loaded = load(path, what, variables, pool.cancel_descriptor());
    });
    if (loaded)
      co_await res.send(empty_structure());
    else
      co_await err.send(error_value(loaded.error().what));
  }
}

template <bool HasName, existing What>
started start(const binding& b) {
  return load_file(b.in(HasName ? "data" : "sig"), HasName, What, b.out("res"), b.out("err"),
                   b.world.variables);
}

constexpr std::string_view load_errors =
    "`open .env: no such file or directory`, `line 3: missing '='`, `missing key`, `unterminated "
    "double-quoted value`, `unterminated escape sequence`; nothing is set then";

constexpr function table[] = {
    {.ref = "dotenv_load",
     .ins = "sig",
     .outs = "res err",
     .start = start<false, existing::kept>,
     .summary = "Sets variables from the file `.env`; those that are set already stay.",
     .errors = load_errors},
    {.ref = "dotenv_load_override",
     .ins = "sig",
     .outs = "res err",
     .start = start<false, existing::replaced>,
     .summary = "As `dotenv_load`, but replaces variables.",
     .errors = load_errors},
    {.ref = "dotenv_load_from",
     .ins = "data",
     .outs = "res err",
     .start = start<true, existing::kept>,
     .summary = "As `dotenv_load`, from the file named by `data`.",
     .errors = load_errors},
    {.ref = "dotenv_load_from_override",
     .ins = "data",
     .outs = "res err",
     .start = start<true, existing::replaced>,
     .summary = "As `dotenv_load_override`, from the file named by `data`.",
     .errors = load_errors},
};

}  // namespace

std::span<const function> dotenv_functions() {
  return table;
}

}  // namespace nevaperf::runtime
