#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"
#include "tests/support/temporary_folder.hpp"

using nevaperf::runtime::environment;
using nevaperf::runtime::text_sink;
using nevaperf::runtime::text_source;
using nevaperf::tests::run_node;
using nevaperf::tests::temporary_folder;

namespace {

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void make_file(const std::string& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::string quoted(const std::string& text) {
  return "\"" + text + "\"";
}

}  // namespace

TEST_CASE("read_all reads a file") {
  const temporary_folder folder;
  make_file(folder / "a", "text\n");
  make_file(folder / "empty", "");
  CHECK(run_node("read_all", "filename " + quoted(folder / "a") + " " + quoted(folder / "empty")) ==
        "res b\"text\\n\" b\"\"");
}

TEST_CASE("read_all reads what has no size, and what is large") {
  CHECK(run_node("read_all", "filename \"/proc/self/comm\"").starts_with("res b\""));
  const temporary_folder folder;
  const std::string large(1'000'000, 'x');
  make_file(folder / "large", large);
  CHECK(run_node("read_all", "filename " + quoted(folder / "large")) == "res b\"" + large + "\"");
}

TEST_CASE("read_all tells what is wrong in Go's words") {
  const temporary_folder folder;
  const std::string missing = folder / "missing";
  CHECK(run_node("read_all", "filename " + quoted(missing) + " " + quoted(folder.path()) +
                                 " \"\" \"a\\x00b\"") ==
        "err !\"open " + missing + ": no such file or directory\" !\"read " + folder.path() +
            ": is a directory\" !\"open : no such file or directory\" !\"open a\\x00b: invalid "
            "argument\"");
  CHECK(run_node("read_all", "filename 1") ==
        "failed at in:filename: expected a string, got an int 1");
}

TEST_CASE("write_all makes and replaces a file") {
  const temporary_folder folder;
  const std::string path = folder / "a";
  CHECK(run_node("write_all", "filename " + quoted(path) + "; data b\"long text\"") == "res ()");
  CHECK(content_of(path) == "long text");
  CHECK((std::filesystem::status(path).permissions() & std::filesystem::perms::owner_all) ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  CHECK(run_node("write_all", "filename " + quoted(path) + "; data b\"\"") == "res ()");
  CHECK(content_of(path).empty());
}

TEST_CASE("write_all tells what is wrong in Go's words") {
  const temporary_folder folder;
  CHECK(run_node("write_all", "filename \"/dev/full\" " + quoted(folder.path()) + " " +
                                  quoted(folder / "no/file") + "; data b\"x\" b\"x\" b\"x\"") ==
        "err !\"write /dev/full: no space left on device\" !\"open " + folder.path() +
            ": is a directory\" !\"open " + folder.path() +
            "/no/file: no such file or directory\"");
  CHECK(run_node("write_all", "filename \"x\"; data \"x\"") ==
        "failed at in:data: expected a bytes, got a string x");
}

TEST_CASE("files by handle share their offset") {
  const temporary_folder folder;
  const std::string path = folder / "a";
  environment world = environment::for_tests();
  const auto run = [&](std::string_view ref, const std::string& inputs) {
    return run_node(ref, inputs, {.world = &world});
  };
  CHECK(run("file_create", "filename " + quoted(path)) == "res 3");
  CHECK(run("file_write_all", "file 3 3; data b\"one\" b\" two\"") == "res 3 3");
  CHECK(content_of(path) == "one two");
  CHECK(run("file_read_all", "file 3") == "res b\"\"; handle 3");  // at its end
  CHECK(run("file_open", "filename " + quoted(path)) == "res 4");
  CHECK(run("file_read_all", "file 4 4") == "res b\"one two\"; handle 4; res b\"\"; handle 4");
  CHECK(run("file_write_all", "file 4; data b\"x\"") ==
        "res 4; err !\"write " + path + ": bad file descriptor\"");
  CHECK(run("file_close", "file 3 4 4") == "res () (); err !\"file handle 4 not found\"");
  CHECK(run("file_open", "filename " + quoted(path)) == "res 5");  // never used again
  CHECK(run("file_read_all", "file 4") == "err !\"file handle 4 not found\"");
  CHECK(run("file_write_all", "file 9; data b\"\"") == "err !\"file handle 9 not found\"");
}

TEST_CASE("file_open and file_create tell what is wrong") {
  const temporary_folder folder;
  CHECK(run_node("file_open", "filename " + quoted(folder / "x")) ==
        "err !\"open " + folder.path() + "/x: no such file or directory\"");
  CHECK(run_node("file_create", "filename " + quoted(folder.path())) ==
        "err !\"open " + folder.path() + ": is a directory\"");
  environment world = environment::for_tests();
  CHECK(run_node("file_open", "filename " + quoted(folder.path()), {.world = &world}) == "res 3");
  CHECK(run_node("file_read_all", "file 3", {.world = &world}) ==
        "handle 3; err !\"read " + folder.path() + ": is a directory\"");
}

TEST_CASE("the standard streams have handles") {
  CHECK(run_node("file_stdin", "sig ()") == "res 0");
  CHECK(run_node("file_stdout", "sig () ()") == "res 1 1");
  CHECK(run_node("file_stderr", "sig ()") == "res 2");
  CHECK(run_node("file_close", "file 0 1 2 -1 1.5") ==
        "err !\"cannot close stdio file handle 0\" !\"cannot close stdio file handle 1\" !\"cannot "
        "close stdio file handle 2\" !\"file handle -1 not found\" !\"file handle must be int\"");
}

TEST_CASE("the standard streams are those of the program") {
  environment world{.out = text_sink::collecting(), .in = text_source(std::string("all of\nit"))};
  CHECK(run_node("file_read_all", "file 0 0", {.world = &world}) ==
        "res b\"all of\\nit\"; handle 0; res b\"\"; handle 0");
  CHECK(run_node("file_write_all", "file 1 1; data b\"a\" b\"b\"", {.world = &world}) ==
        "res 1 1; stdout \"ab\"");
  CHECK(run_node("file_write_all", "file 0; data b\"\"") ==
        "res 0; err !\"write /dev/stdin: bad file descriptor\"");
  CHECK(run_node("file_read_all", "file 1 2") ==
        "handle 1; err !\"read /dev/stdout: bad file descriptor\"; handle 2; err !\"read "
        "/dev/stderr: bad file descriptor\"");
}

TEST_CASE("scanln and file_read_all share stdin") {
  environment world{.out = text_sink::collecting(), .in = text_source(std::string("a\nb\nc"))};
  CHECK(run_node("scanln", "sig ()", {.world = &world}) == "res \"a\"");
  CHECK(run_node("file_read_all", "file 0", {.world = &world}) == "res b\"b\\nc\"; handle 0");
}

TEST_CASE("what was written before stdout broke is reported by who writes next") {
  const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  environment world{.out = text_sink(full, "stdout")};
  CHECK(world.out.write("lost"));
  CHECK_FALSE(world.out.flush());
  CHECK(run_node("file_write_all", "file 1; data b\"x\"", {.world = &world}) ==
        "res 1; err !\"stdout: cannot write: No space left on device (check where the output "
        "goes)\"");
  ::close(full);
}

TEST_CASE("open files are closed with the services") {
  const temporary_folder folder;
  environment world = environment::for_tests();
  const auto open_descriptors = [] {
    const std::filesystem::directory_iterator all("/proc/self/fd");
    return std::distance(begin(all), end(all));
  };
  const auto before = open_descriptors();
  CHECK(run_node("file_create", "filename " + quoted(folder / "a") + " " + quoted(folder / "b"),
                 {.world = &world}) == "res 3 4");
  CHECK(open_descriptors() == before + 2);
  world.services.clear();
  CHECK(open_descriptors() == before);
}

TEST_CASE("a named pipe is waited for") {
  const temporary_folder folder;
  const std::string path = folder / "pipe";
  REQUIRE(mkfifo(path.c_str(), 0600) == 0);
  std::thread writer(
      [&] { run_node("write_all", "filename " + quoted(path) + "; data b\"late\""); });
  CHECK(run_node("read_all", "filename " + quoted(path)) == "res b\"late\"");
  writer.join();
}
