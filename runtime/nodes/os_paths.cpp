// Folders and file attributes. Each operation runs on a thread of the blocking pool.
#include <limits>
#include <string>

#include "runtime/message/list.hpp"
#include "runtime/message/structure.hpp"
#include "runtime/nodes/error_value.hpp"
#include "runtime/nodes/families.hpp"
#include "runtime/nodes/pair.hpp"
#include "runtime/schedule/waits.hpp"
#include "runtime/system/paths.hpp"
#include "runtime/system/temporary_path.hpp"

namespace nevaperf::runtime {

namespace {

using started = base::result<node_task>;
using answer = base::result<message>;

// What an operation was given.
struct operands {
  std::string first;
  std::string second;
  std::int64_t number = 0;
  int cancel = -1;
};

enum class second_operand { none, text, permission, size };

struct operation {
  std::string_view go_name;  // before every error text
  std::string_view first;    // ports
  std::string_view second;
  second_operand kind_of_second;
  answer (*run)(const operands&);
};

answer done(const base::result<void>& how) {
  if (!how) return how.error();
  return empty_structure();
}

answer path_text(base::result<std::string> path) {
  if (!path) return path.error();
  return message::string(*path);
}

answer status_message(const base::result<file_status>& found) {
  if (!found) return found.error();
  // Values come in the byte order of their names.
  static const atom fields[] = {atom::intern("isDir"), atom::intern("modTimeUnix"),
                                atom::intern("mode"), atom::intern("name"), atom::intern("size")};
  static const shape* const form = shape::intern(fields);
  message values[] = {message::boolean(found->is_folder), message::integer(found->modified_unix_s),
                      message::integer(found->mode), message::string(found->name),
                      message::integer(found->size_bytes)};
  return make_structure(form, values);
}

answer folder_message(const base::result<std::vector<folder_entry>>& entries) {
  if (!entries) return entries.error();
  static const shape* const form = pair_shape("isDir", "name");
  list_builder all(entries->size());
  for (const folder_entry& e : *entries)
    all.append(make_pair(form, message::boolean(e.is_folder), message::string(e.name)));
  return std::move(all).build();
}

constexpr operation chdir_op = {"os.Chdir", "path", "", second_operand::none,
                                [](const operands& o) { return done(change_folder(o.first)); }};
constexpr operation read_dir_op = {
    "os.ReadDir", "path", "", second_operand::none,
    [](const operands& o) { return folder_message(list_folder(o.first)); }};
constexpr operation remove_op = {"os.Remove", "path", "", second_operand::none,
                                 [](const operands& o) { return done(remove_path(o.first)); }};
constexpr operation remove_all_op = {
    "os.RemoveAll", "path", "", second_operand::none,
    [](const operands& o) { return done(remove_tree(o.first, o.cancel)); }};
constexpr operation stat_op = {"os.Stat", "path", "", second_operand::none, [](const operands& o) {
                                 return status_message(status_of(o.first));
                               }};
constexpr operation lstat_op = {
    "os.Lstat", "path", "", second_operand::none,
    [](const operands& o) { return status_message(link_status_of(o.first)); }};
constexpr operation mkdir_op = {
    "os.Mkdir", "path", "perm", second_operand::permission, [](const operands& o) {
      return done(make_folder(o.first, static_cast<std::uint32_t>(o.number)));
    }};
constexpr operation mkdir_all_op = {
    "os.MkdirAll", "path", "perm", second_operand::permission, [](const operands& o) {
      return done(make_folders(o.first, static_cast<std::uint32_t>(o.number)));
    }};
constexpr operation rename_op = {
    "os.Rename", "oldPath", "newPath", second_operand::text,
    [](const operands& o) { return done(rename_path(o.first, o.second)); }};
constexpr operation truncate_op = {
    "os.Truncate", "path", "size", second_operand::size,
    [](const operands& o) { return done(truncate_path(o.first, o.number)); }};
constexpr operation mkdir_temp_op = {
    "os.MkdirTemp", "dir", "pattern", second_operand::text,
    [](const operands& o) { return path_text(make_temporary_folder(o.first, o.second)); }};
constexpr operation create_temp_op = {
    "os.CreateTemp", "dir", "pattern", second_operand::text,
    [](const operands& o) { return path_text(make_temporary_file(o.first, o.second)); }};

bool is_permission(std::int64_t number) {
  return number >= 0 && number <= std::numeric_limits<std::uint32_t>::max();
}

// `ins`: one or two channels.
node_task path_node(const operation& op, std::span<channel* const> ins, output res, output err,
                    const variable_table& variables) {
  const bool is_temporary = op.first == "dir";
  for (;;) {
    message got[2];
    co_await receive_all(ins, got);
    operands o{.first = std::string(input(*ins[0]).string(got[0])), .second = {}};
    if (op.kind_of_second == second_operand::text)
      o.second = input(*ins[1]).string(got[1]);
    else if (op.kind_of_second != second_operand::none)
      o.number = input(*ins[1]).integer(got[1]);
    if (op.kind_of_second == second_operand::permission && !is_permission(o.number)) {
      co_await err.send(error_value("permission value out of range: " + std::to_string(o.number)));
      continue;
    }
    if (is_temporary && o.first.empty()) o.first = variables.temporary_folder();
    answer a = message();
    co_await blocking_call([&](const blocking_pool& pool) {
      o.cancel = pool.cancel_descriptor();
      a = op.run(o);
    });
    if (a)
      co_await res.send(std::move(*a));
    else
      co_await err.send(error_value(std::string(op.go_name) + ": " + a.error().what));
  }
}

template <const operation& Op>
started start(const binding& b) {
  const std::span<channel*> ins =
      b.memory.array<channel*>(Op.kind_of_second == second_operand::none ? 1 : 2);
  ins[0] = b.in(Op.first).raw();
  if (ins.size() > 1) ins[1] = b.in(Op.second).raw();
  return path_node(Op, ins, b.out("res"), b.out("err"), b.world.variables);
}

template <const operation& Op>
constexpr function path_function(std::string_view ref, std::string_view ins,
                                 std::string_view summary) {
  return {.ref = ref,
          .ins = ins,
          .outs = "res err",
          .config = config_rule::none,
          .start = start<Op>,
          .summary = summary,
          .config_form = {},
          .errors = Op.kind_of_second == second_operand::permission
                        ? "`permission value out of range: N`, and what the system says, in Go's "
                          "words: `os.Mkdir: mkdir x: file exists`"
                        : "what the system says, in Go's words: `os.Stat: stat x: no such file or "
                          "directory`"};
}

constexpr function table[] = {
    path_function<chdir_op>("os_chdir", "path", "Changes the working directory of the process."),
    path_function<read_dir_op>(
        "os_read_dir", "path",
        "The entries of a folder: a list of structs `{name, isDir}`, sorted."),
    path_function<remove_op>("os_remove", "path", "Removes a file or an empty folder."),
    path_function<remove_all_op>(
        "os_remove_all", "path",
        "Removes a file or a folder with all that is in it; it need not be there."),
    path_function<stat_op>("os_stat", "path",
                           "A struct `{name, size, mode, modTimeUnix, isDir}`; `mode` has the bits "
                           "of Go's FileMode."),
    path_function<lstat_op>("os_lstat", "path", "As `os_stat`, but of a link itself."),
    path_function<mkdir_op>("os_mkdir", "path perm", "Makes a folder."),
    path_function<mkdir_all_op>(
        "os_mkdir_all", "path perm",
        "Makes a folder and the folders above it; it may be there already."),
    path_function<rename_op>("os_rename", "oldPath newPath",
                             "Renames a file or a folder; replaces a file, but no folder."),
    path_function<truncate_op>("os_truncate", "path size",
                               "Cuts or extends a file to a size in bytes."),
    path_function<mkdir_temp_op>("os_mkdir_temp", "dir pattern",
                                 "Makes a new folder in `dir` (empty: that for temporary files) "
                                 "and sends its path. The last "
                                 "`*` of the pattern, or its end, becomes a random number."),
    path_function<create_temp_op>("os_create_temp", "dir pattern",
                                  "As `os_mkdir_temp`, but an empty file."),
};

}  // namespace

std::span<const function> os_path_functions() {
  return table;
}

}  // namespace nevaperf::runtime
