#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"
#include "tests/support/temporary_folder.hpp"

using nevaperf::runtime::environment;
using nevaperf::runtime::text_sink;
using nevaperf::runtime::variable_table;
using nevaperf::tests::run_node;
using nevaperf::tests::temporary_folder;
namespace fs = std::filesystem;

namespace {

void make_file(const std::string& path, std::string_view text = "") {
  std::ofstream(path, std::ios::binary) << text;
}

std::string run_path(std::string_view ref, const std::string& path) {
  return run_node(ref, "path \"" + path + "\"");
}

// Texts without the folder of the test, and without random numbers.
std::string without(std::string text, const std::string& part) {
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part))
    text.erase(at, part.size());
  return text;
}

}  // namespace

TEST_CASE("os_mkdir and os_remove") {
  const temporary_folder f;
  const std::string a = f / "a";
  CHECK(run_node("os_mkdir", "path \"" + a + "\"; perm 493") == "res ()");
  CHECK(fs::is_directory(a));
  CHECK(without(run_node("os_mkdir", "path \"" + a + "\" \"" + a + "/b/c\"; perm 493 493"),
                f.path()) ==
        "err !\"os.Mkdir: mkdir /a: file exists\" !\"os.Mkdir: mkdir /a/b/c: no such file or "
        "directory\"");
  make_file(a + "/file");
  CHECK(without(run_path("os_remove", a), f.path()) ==
        "err !\"os.Remove: remove /a: directory not empty\"");
  CHECK(run_path("os_remove", a + "/file") == "res ()");
  CHECK(run_path("os_remove", a) == "res ()");
  CHECK(without(run_path("os_remove", a), f.path()) ==
        "err !\"os.Remove: remove /a: no such file or directory\"");
}

TEST_CASE("permissions are those of Go") {
  const temporary_folder f;
  const std::string a = f / "a";
  CHECK(run_node("os_mkdir", "path \"" + a + "\"; perm " + std::to_string(0700 | 1 << 20)) ==
        "res ()");
  struct stat found {};
  REQUIRE(stat(a.c_str(), &found) == 0);
  CHECK((found.st_mode & 07777) == 01700);  // bit 20 is Go's sticky bit
  CHECK(
      run_node("os_mkdir", "path \"x\" \"x\"; perm -1 4294967296") ==
      "err !\"permission value out of range: -1\" !\"permission value out of range: 4294967296\"");
}

TEST_CASE("os_mkdir_all makes what is missing") {
  const temporary_folder f;
  CHECK(run_node("os_mkdir_all", "path \"" + (f / "a/b/c") + "\" \"" + (f / "a/b/c/") +
                                     "\"; perm 493 493") == "res () ()");
  CHECK(fs::is_directory(f / "a/b/c"));
  make_file(f / "file");
  CHECK(without(run_node("os_mkdir_all", "path \"" + (f / "file") + "\" \"" + (f / "file/x") +
                                             "\" \"\"; perm 493 493 493"),
                f.path()) ==
        "err !\"os.MkdirAll: mkdir /file: not a directory\" !\"os.MkdirAll: mkdir /file: not a "
        "directory\" !\"os.MkdirAll: mkdir : no such file or directory\"");
}

TEST_CASE("os_remove_all removes trees and follows no link") {
  const temporary_folder f;
  fs::create_directories(f / "tree/sub/deep");
  make_file(f / "tree/file");
  make_file(f / "tree/sub/file");
  make_file(f / "outside");
  fs::create_directory_symlink(f.path(), f / "tree/sub/link");
  for (int i = 0; i < 500; ++i) make_file(f / ("tree/sub/deep/" + std::to_string(i)));
  CHECK(run_path("os_remove_all", f / "tree") == "res ()");
  CHECK_FALSE(fs::exists(f / "tree"));
  CHECK(fs::exists(f / "outside"));
  CHECK(run_path("os_remove_all", f / "tree") == "res ()");  // need not be there
  CHECK(run_path("os_remove_all", "") == "res ()");
  CHECK(run_path("os_remove_all", f / "outside") == "res ()");
  CHECK(run_path("os_remove_all", "some/.") ==
        "err !\"os.RemoveAll: RemoveAll some/.: invalid argument\"");
}

TEST_CASE("os_stat and os_lstat") {
  const temporary_folder f;
  make_file(f / "file", "12345");
  REQUIRE(chmod((f / "file").c_str(), 0640) == 0);
  const timespec times[] = {{1'000, 0}, {1'234'567, 0}};
  REQUIRE(utimensat(AT_FDCWD, (f / "file").c_str(), times, 0) == 0);
  fs::create_symlink("file", f / "link");
  CHECK(run_path("os_stat", f / "link") ==
        "res (isDir: false, modTimeUnix: 1234567, mode: 416, name: \"link\", size: 5)");
  const std::string link = run_path("os_lstat", f / "link");
  CHECK(link.find("mode: " + std::to_string((1 << 27) | 0777)) != std::string::npos);
  CHECK(link.find("size: 4") != std::string::npos);
  const std::string folder = run_path("os_stat", f.path() + "//");
  CHECK(folder.find("isDir: true") != std::string::npos);
  CHECK(folder.find("mode: " + std::to_string((1LL << 31) | 0700)) != std::string::npos);
  CHECK(folder.find("name: \"" + fs::path(f.path()).filename().string() + "\"") !=
        std::string::npos);
  CHECK(run_path("os_stat", "/").find("name: \"/\"") != std::string::npos);
  CHECK(run_path("os_stat", "/dev/null")
            .find("mode: " + std::to_string((1 << 26) | (1 << 21) | 0666)) != std::string::npos);
  CHECK(without(run_path("os_stat", f / "x"), f.path()) ==
        "err !\"os.Stat: stat /x: no such file or directory\"");
  CHECK(without(run_path("os_lstat", f / "file/x"), f.path()) ==
        "err !\"os.Lstat: lstat /file/x: not a directory\"");
}

TEST_CASE("os_read_dir lists in order") {
  const temporary_folder f;
  CHECK(run_path("os_read_dir", f.path()) == "res []");
  fs::create_directory(f / "b");
  make_file(f / "c");
  make_file(f / "a");
  fs::create_directory_symlink("b", f / "d");
  CHECK(
      run_path("os_read_dir", f.path()) ==
      "res [(isDir: false, name: \"a\"), (isDir: true, name: \"b\"), (isDir: false, name: \"c\"), "
      "(isDir: false, name: \"d\")]");
  CHECK(without(run_path("os_read_dir", f / "a"), f.path()) ==
        "err !\"os.ReadDir: open /a: not a directory\"");
}

TEST_CASE("os_rename") {
  const temporary_folder f;
  const auto rename = [&](const std::string& from, const std::string& to) {
    return without(
        run_node("os_rename", "oldPath \"" + (f / from) + "\"; newPath \"" + (f / to) + "\""),
        f.path());
  };
  make_file(f / "a");
  make_file(f / "b", "b");
  fs::create_directory(f / "folder");
  CHECK(rename("b", "a") == "res ()");
  CHECK(fs::file_size(f / "a") == 1);
  CHECK(rename("b", "c") == "err !\"os.Rename: rename /b /c: no such file or directory\"");
  CHECK(rename("a", "folder") == "err !\"os.Rename: rename /a /folder: file exists\"");
  CHECK(rename("folder", "other") == "res ()");
}

TEST_CASE("os_truncate cuts and extends") {
  const temporary_folder f;
  make_file(f / "a", "12345");
  const std::string path = "path \"" + (f / "a") + "\"; size ";
  CHECK(run_node("os_truncate", path + "2") == "res ()");
  CHECK(fs::file_size(f / "a") == 2);
  CHECK(run_node("os_truncate", path + "100") == "res ()");
  CHECK(fs::file_size(f / "a") == 100);
  CHECK(without(run_node("os_truncate", path + "-1"), f.path()) ==
        "err !\"os.Truncate: truncate /a: invalid argument\"");
}

TEST_CASE("os_mkdir_temp and os_create_temp make new names") {
  const temporary_folder f;
  const std::string in_folder = "dir \"" + f.path() + "\"; pattern ";
  const std::string made = run_node("os_create_temp", in_folder + "\"a*b*.txt\"");
  CHECK(made.starts_with("res \"" + f.path() + "/a*b"));
  CHECK(made.ends_with(".txt\""));
  CHECK(run_node("os_mkdir_temp", in_folder + "\"x\"").starts_with("res \"" + f.path() + "/x"));
  int files = 0;
  int folders = 0;
  for (const auto& entry : fs::directory_iterator(f.path())) {
    struct stat found {};
    REQUIRE(stat(entry.path().c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == (entry.is_directory() ? 0700 : 0600));
    ++(entry.is_directory() ? folders : files);
  }
  CHECK(files == 1);
  CHECK(folders == 1);
}

TEST_CASE("temporary names: the folder by default, and errors") {
  const temporary_folder f;
  environment world{.out = text_sink::collecting(),
                    .variables = variable_table({"TMPDIR=" + f.path()})};
  CHECK(run_node("os_mkdir_temp", "dir \"\"; pattern \"\"", {.world = &world})
            .starts_with("res \"" + f.path() + "/"));
  CHECK(run_node("os_mkdir_temp", "dir \"/\"; pattern \"a/b\"") ==
        "err !\"os.MkdirTemp: mkdirtemp a/b: pattern contains path separator\"");
  CHECK(without(run_node("os_mkdir_temp", "dir \"" + (f / "none") + "\"; pattern \"a\""),
                f.path()) == "err !\"os.MkdirTemp: stat /none: no such file or directory\"");
  CHECK(without(run_node("os_create_temp", "dir \"" + (f / "none") + "\"; pattern \"a\""), f.path())
            .starts_with("err !\"os.CreateTemp: open /none/a"));
}

TEST_CASE("os_chdir changes the folder of the process") {
  const temporary_folder f;
  const fs::path before = fs::current_path();
  CHECK(run_path("os_chdir", f.path()) == "res ()");
  CHECK(run_node("os_getwd", "sig ()") == "res \"" + fs::canonical(f.path()).string() + "\"");
  fs::current_path(before);
  CHECK(run_path("os_chdir", f / "none").find(": no such file or directory") != std::string::npos);
}

TEST_CASE("a path with a zero byte is an invalid argument") {
  for (const char* ref :
       {"os_chdir", "os_read_dir", "os_remove", "os_remove_all", "os_stat", "os_lstat"})
    CHECK(run_path(ref, "a\\x00b").find("invalid argument") != std::string::npos);
  CHECK(run_node("os_mkdir_all", "path \"a\\x00b\"; perm 0").find("invalid argument") !=
        std::string::npos);
  CHECK(run_node("os_rename", "oldPath \"a\"; newPath \"\\x00\"").find("invalid argument") !=
        std::string::npos);
}
