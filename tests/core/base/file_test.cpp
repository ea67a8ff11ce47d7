#include "core/base/file.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <thread>

#include "tests/support/catch.hpp"
#include "tests/support/memory_files.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace nevaperf;
using base::real_files;

TEST_CASE("a file is written in one step, with its folders, and read back") {
  const tests::temporary_folder folder;
  const std::string path = folder / "a/b/data.json";
  REQUIRE(real_files().write_atomic(path, "first"));
  REQUIRE(real_files().write_atomic(path, std::string(300'000, 'x')));
  const auto text = real_files().read(path);
  REQUIRE(text);
  CHECK(*text == std::string(300'000, 'x'));
  CHECK(*real_files().list(folder / "a/b") == std::vector<std::string>{"data.json"});
}

TEST_CASE("a written file has the rights of an ordinary new file and keeps a link a link") {
  const tests::temporary_folder folder;
  REQUIRE(real_files().write_atomic(folder / "target", "old"));
  std::filesystem::create_symlink("target", folder / "link");
  REQUIRE(real_files().write_atomic(folder / "link", "text"));
  CHECK(std::filesystem::is_symlink(folder / "link"));
  CHECK(*real_files().read(folder / "target") == "text");
  struct stat info {};
  REQUIRE(::stat((folder / "target").c_str(), &info) == 0);
  CHECK((info.st_mode & 0600) == 0600);
}

TEST_CASE("appending adds to the end and makes the file") {
  const tests::temporary_folder folder;
  const std::string path = folder / "new/journal";
  REQUIRE(real_files().append(path, "one\n", base::durability::synced));
  REQUIRE(real_files().append(path, "two\n"));
  CHECK(*real_files().read(path) == "one\ntwo\n");
}

TEST_CASE("a pipe is read to its end and written through, not replaced") {
  const tests::temporary_folder folder;
  const std::string path = folder / "pipe";
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  std::string text;
  std::thread reader([&] {
    if (auto got = real_files().read(path)) text = *got;
  });
  CHECK(real_files().write_atomic(path, std::string(200'000, 'p')));
  reader.join();
  CHECK(text == std::string(200'000, 'p'));
  CHECK(std::filesystem::is_fifo(path));
}

TEST_CASE("every file error names the path, the cause and the next step") {
  const tests::temporary_folder folder;
  const auto missing = real_files().read(folder / "none.json");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().line() ==
        (folder / "none.json") + ": cannot open: No such file or directory (check the path)");
  const auto a_folder = real_files().read(folder.path());
  REQUIRE_FALSE(a_folder);
  CHECK(a_folder.error().line().find("Is a directory (give a file, not a folder)") !=
        std::string::npos);
  CHECK_FALSE(real_files().write_atomic(folder.path(), "x"));
  CHECK_FALSE(real_files().remove(folder / "none.json"));
  REQUIRE(real_files().write_atomic(folder / "inner/file", ""));
  CHECK_FALSE(real_files().remove(folder / "inner"));
  CHECK(real_files().exists(folder / "inner/file"));
  REQUIRE(real_files().remove(folder / "inner/file"));
  CHECK(real_files().remove(folder / "inner"));

  REQUIRE(real_files().write_atomic(folder / "big", std::string(101, 'b')));
  const auto big = real_files().read(folder / "big", 100);
  REQUIRE_FALSE(big);
  CHECK(big.error().line().find("larger than the limit of 100 bytes") != std::string::npos);
  CHECK(real_files().read(folder / "big", 101));
  const auto endless = real_files().read("/dev/zero", 1'000'000);
  REQUIRE_FALSE(endless);
  CHECK(endless.error().where == "/dev/zero");

  const auto below_a_file = real_files().write_atomic(folder / "big/x", "x");
  REQUIRE_FALSE(below_a_file);
  CHECK(below_a_file.error().where.find("big") != std::string::npos);
}

TEST_CASE("a huge file is refused before memory is taken for it") {
  const tests::temporary_folder folder;
  REQUIRE(real_files().write_atomic(folder / "sparse", "x"));
  REQUIRE(::truncate((folder / "sparse").c_str(), off_t{1} << 42) == 0);
  CHECK_FALSE(real_files().read(folder / "sparse"));
}

TEST_CASE("a write that fails leaves the old file and nothing beside it") {
  const tests::temporary_folder folder;
  REQUIRE(real_files().write_atomic(folder / "f", "old"));
  const auto failed = real_files().write_atomic("/dev/full", "x");
  REQUIRE_FALSE(failed);
  CHECK(failed.error().next == "free some space");

  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  rlimit small = before;
  small.rlim_cur = 4096;
  const auto handler = ::signal(SIGXFSZ, SIG_IGN);
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  const auto too_long = real_files().write_atomic(folder / "f", std::string(10'000, 'x'));
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
  ::signal(SIGXFSZ, handler);
  CHECK_FALSE(too_long);
  CHECK(*real_files().read(folder / "f") == "old");
  CHECK(*real_files().list(folder.path()) == std::vector<std::string>{"f"});
  CHECK(real_files().list(folder / "missing")->empty());
}

TEST_CASE("the memory file system keeps the same contract") {
  tests::memory_files files;
  CHECK_FALSE(files.read("a/b", 10));
  REQUIRE(files.write_atomic("a/b", "text"));
  CHECK(*files.read("a/b", 10) == "text");
  CHECK_FALSE(files.read("a/b", 3));
  REQUIRE(files.write_atomic("a/c/d", ""));
  CHECK(*files.list("a") == std::vector<std::string>{"b"});
  files.fail_writes_with = ENOSPC;
  CHECK(files.append("a/b", "more", base::durability::synced).error().next == "free some space");
  CHECK(*files.read("a/b", 10) == "text");
}
