// Files: whole ones by name, and open ones by handle.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "runtime/message/structure.hpp"
#include "runtime/nodes/error_value.hpp"
#include "runtime/nodes/families.hpp"
#include "runtime/schedule/waits.hpp"
#include "runtime/system/errno_text.hpp"
#include "runtime/system/file_table.hpp"

namespace nevaperf::runtime {

namespace {

using started = base::result<node_task>;

constexpr unsigned new_file_mode = 0644;
constexpr int create_and_truncate = O_CREAT | O_TRUNC;

node_task read_all(input filename, output res, output err) {
  for (;;) {
    const message name = co_await filename.receive();
    const std::string path(filename.string(name));
    std::string content;
    std::string failure;
    co_await blocking_call([&](const blocking_pool& pool) {
      const int cancel = pool.cancel_descriptor();
      const auto file = open_path(path, O_RDONLY, 0, cancel);
      if (!file)
        failure = file.error().what;
      else if (const int error = read_to_end(file->number(), content, cancel); error != 0)
        failure = path_error("read", path, error).what;
    });
    if (failure.empty())
      co_await res.send(message::bytes(content));
    else
      co_await err.send(error_value(failure));
  }
}

std::string write_whole_file(const std::string& path, std::string_view data, int cancel) {
  auto file = open_path(path, O_WRONLY | create_and_truncate, new_file_mode, cancel);
  if (!file) return file.error().what;
  if (const int error = write_fully(file->number(), data, cancel).error; error != 0)
    return path_error("write", path, error).what;
  const int error = file->close();
  return error == 0 ? "" : path_error("close", path, error).what;
}

node_task write_all(input filename, input data, output res, output err) {
  for (;;) {
    const auto [name, content] = co_await receive_both(filename, data);
    const std::string path(filename.string(name));
    const std::string_view bytes = data.bytes(content);  // `content` keeps them
    std::string failure;
    co_await blocking_call([&](const blocking_pool& pool) {
      failure = write_whole_file(path, bytes, pool.cancel_descriptor());
    });
    if (failure.empty())
      co_await res.send(empty_structure());
    else
      co_await err.send(error_value(failure));
  }
}

template <int Flags>
node_task open_file_node(input filename, output res, output err, file_table& files) {
  for (;;) {
    const message name = co_await filename.receive();
    std::string path(filename.string(name));
    descriptor opened;
    std::string failure;
    co_await blocking_call([&](const blocking_pool& pool) {
      auto file = open_path(path, Flags, new_file_mode, pool.cancel_descriptor());
      if (file)
        opened = std::move(*file);
      else
        failure = file.error().what;
    });
    if (failure.empty())
      co_await res.send(message::integer(files.add(std::move(opened), std::move(path))));
    else
      co_await err.send(error_value(failure));
  }
}

std::string not_found(std::int64_t handle) {
  return "file handle " + std::to_string(handle) + " not found";
}

// What a node that works on an open file was given.
struct file_use {
  std::int64_t handle = -1;
  std::shared_ptr<open_file> file = {};  // null for the standard streams
  std::string failure = {};              // empty: the handle is good
};

constexpr std::string_view stdio_names[] = {"/dev/stdin", "/dev/stdout", "/dev/stderr"};

bool is_stdio(std::int64_t handle) {
  return handle >= 0 && handle < file_table::first_handle;
}

file_use use_of(const message& handle, const file_table& files) {
  if (!handle.is(kind::integer)) return {.failure = "file handle must be int"};
  file_use use{.handle = handle.as_integer()};
  if (is_stdio(use.handle)) return use;
  use.file = files.find(use.handle);
  if (use.file == nullptr) use.failure = not_found(use.handle);
  return use;
}

std::string read_stdin(environment& world, std::string& content, int cancel) {
  world.out.flush();
  text_source::session reading(world.in);
  int error = 0;
  do {
    content += reading.buffered();
    reading.consume(reading.buffered().size());
    error = reading.fill(cancel);
  } while (error == 0 && !reading.is_at_end());
  return error == 0 ? "" : path_error("read", stdio_names[STDIN_FILENO], error).what;
}

std::string read_rest(const file_use& use, environment& world, std::string& content, int cancel) {
  if (use.handle == STDIN_FILENO) return read_stdin(world, content, cancel);
  if (use.file == nullptr) return path_error("read", stdio_names[use.handle], EBADF).what;
  const int error = read_to_end(use.file->at.number(), content, cancel);
  return error == 0 ? "" : path_error("read", use.file->path, error).what;
}

node_task file_read_all(input file, output res, output handle, output err, environment& world,
                        file_table& files) {
  for (;;) {
    const message given = co_await file.receive();
    const file_use use = use_of(given, files);
    if (!use.failure.empty()) {
      co_await err.send(error_value(use.failure));
      continue;
    }
    std::string content;
    std::string failure;
    co_await blocking_call([&](const blocking_pool& pool) {
      failure = read_rest(use, world, content, pool.cancel_descriptor());
    });
    if (failure.empty()) co_await res.send(message::bytes(content));
    co_await handle.send(given);
    if (!failure.empty()) co_await err.send(error_value(failure));
  }
}

std::string write_to(const file_use& use, input port, std::string_view data, environment& world,
                     int cancel) {
  if (use.handle == STDOUT_FILENO)  // through the buffer, to keep the order of prints
    return world.out.write(data, port.raw()) ? "" : world.out.failure()->line();
  if (use.handle == STDIN_FILENO) return path_error("write", stdio_names[STDIN_FILENO], EBADF).what;
  const bool is_stderr = use.file == nullptr;
  const transfer done =
      write_fully(is_stderr ? STDERR_FILENO : use.file->at.number(), data, cancel);
  if (done.error == 0) return {};
  return path_error("write", is_stderr ? stdio_names[STDERR_FILENO] : use.file->path, done.error)
      .what;
}

node_task file_write_all(input file, input data, output res, output err, environment& world,
                         file_table& files) {
  for (;;) {
    const auto [given, content] = co_await receive_both(file, data);
    const std::string_view bytes = data.bytes(content);  // `content` keeps them
    const file_use use = use_of(given, files);
    if (!use.failure.empty()) {
      co_await err.send(error_value(use.failure));
      continue;
    }
    std::string failure;
    co_await blocking_call([&](const blocking_pool& pool) {
      failure = write_to(use, data, bytes, world, pool.cancel_descriptor());
    });
    co_await res.send(given);
    if (!failure.empty()) co_await err.send(error_value(failure));
  }
}

// Closed now, if no other node is at work on it; else by that one, when it is done.
std::string close_handle(std::int64_t handle, file_table& files) {
  const std::shared_ptr<open_file> file = files.remove(handle);
  if (file == nullptr) return not_found(handle);
  const int error = file.use_count() == 1 ? file->at.close() : 0;
  if (error == 0) return {};
  return "close file handle " + std::to_string(handle) + ": " +
         path_error("close", file->path, error).what;
}

node_task file_close(input file, output res, output err, file_table& files) {
  for (;;) {
    const message given = co_await file.receive();
    file_use use = use_of(given, files);
    use.file.reset();
    if (use.failure.empty() && is_stdio(use.handle))
      use.failure = "cannot close stdio file handle " + std::to_string(use.handle);
    if (use.failure.empty())
      co_await blocking_call(
          [&](const blocking_pool&) { use.failure = close_handle(use.handle, files); });
    if (use.failure.empty())
      co_await res.send(empty_structure());
    else
      co_await err.send(error_value(use.failure));
  }
}

template <int Number>
node_task standard_file(input sig, output res) {
  for (;;) {
    co_await sig.receive();
    co_await res.send(message::integer(Number));
  }
}

template <int Flags>
started start_open(const binding& b) {
  return open_file_node<Flags>(b.in("filename"), b.out("res"), b.out("err"),
                               b.world.services.get<file_table>());
}

template <int Number>
started start_standard(const binding& b) {
  return standard_file<Number>(b.in("sig"), b.out("res"));
}

constexpr std::string_view handle_errors =
    "`file handle N not found`, and what the system says, in Go's words";
constexpr std::string_view path_errors =
    "what the system says, in Go's words: `open NAME: no such file or directory`";

constexpr function table[] = {
    {.ref = "read_all",
     .ins = "filename",
     .outs = "res err",
     .start = [](const binding& b) -> started {
       return read_all(b.in("filename"), b.out("res"), b.out("err"));
     },
     .summary = "The bytes of a file.",
     .errors = path_errors},
    {.ref = "write_all",
     .ins = "filename data",
     .outs = "res err",
     .start = [](const binding& b) -> started {
       return write_all(b.in("filename"), b.in("data"), b.out("res"), b.out("err"));
     },
     .summary = "Makes or replaces a file by `data`, bytes; sends a signal on `res`.",
     .errors = path_errors},
    {.ref = "file_open",
     .ins = "filename",
     .outs = "res err",
     .start = start_open<O_RDONLY>,
     .summary = "Opens a file for reading; `res` is its handle, an int.",
     .errors = path_errors},
    {.ref = "file_create",
     .ins = "filename",
     .outs = "res err",
     .start = start_open<O_RDWR | create_and_truncate>,
     .summary =
         "Makes or empties a file and opens it for reading and writing; `res` is its handle.",
     .errors = path_errors},
    {.ref = "file_close",
     .ins = "file",
     .outs = "res err",
     .start = [](const binding& b) -> started {
       return file_close(b.in("file"), b.out("res"), b.out("err"),
                         b.world.services.get<file_table>());
     },
     .summary = "Closes a file. Files that are open at the end of the program are closed then.",
     .errors = "`file handle N not found`, `cannot close stdio file handle N`"},
    {.ref = "file_read_all",
     .ins = "file",
     .outs = "res handle err",
     .start = [](const binding& b) -> started {
       return file_read_all(b.in("file"), b.out("res"), b.out("handle"), b.out("err"), b.world,
                            b.world.services.get<file_table>());
     },
     .summary = "Reads a file from its offset to its end: the bytes on `res`, then the handle on "
                "`handle`. After an error: the handle, then `err`.",
     .errors = handle_errors},
    {.ref = "file_write_all",
     .ins = "file data",
     .outs = "res err",
     .start = [](const binding& b) -> started {
       return file_write_all(b.in("file"), b.in("data"), b.out("res"), b.out("err"), b.world,
                             b.world.services.get<file_table>());
     },
     .summary =
         "Writes `data`, bytes, at a file's offset; `res` is the handle, also before an error.",
     .errors = handle_errors},
    {.ref = "file_stdin",
     .ins = "sig",
     .outs = "res",
     .start = start_standard<STDIN_FILENO>,
     .summary = "The handle of stdin."},
    {.ref = "file_stdout",
     .ins = "sig",
     .outs = "res",
     .start = start_standard<STDOUT_FILENO>,
     .summary =
         "The handle of stdout. What is written to it keeps its order with what is printed."},
    {.ref = "file_stderr",
     .ins = "sig",
     .outs = "res",
     .start = start_standard<STDERR_FILENO>,
     .summary = "The handle of stderr."},
};

}  // namespace

std::span<const function> file_functions() {
  return table;
}

}  // namespace nevaperf::runtime
