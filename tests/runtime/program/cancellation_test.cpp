// The end of a program reaches whatever its nodes are waiting for.
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "runtime/program/program.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/http_server.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace nevaperf::runtime;
using nevaperf::tests::http_server;
using nevaperf::tests::temporary_folder;

namespace {

std::string constant(const std::string& name, const std::string& value) {
  return R"({"ref": "new", "msg": )" + value + R"(, "io": {"in": [")" + name +
         R"(/in:sig"], "out": [")" + name + R"(/out:res"]}},)";
}

std::string text_value(const std::string& text) {
  return R"({"type": "string", "str": ")" + text + R"("})";
}

// A program that starts `ref` with `value` on its input `port`, and stops 20 ms later.
program waiting_program(const std::string& ref, const std::string& port, const std::string& value) {
  const std::string text =
      R"({"connections": {"in:start": "split/in:data", "split/out:data[0]": "value/in:sig",
          "split/out:data[1]": "time/in:sig", "value/out:res": "waits/in:)" +
      port + R"(", "time/out:res": "after/in:dur", "after/out:sig": "out:stop",
          "waits/out:res": "drop/in:data", "waits/out:err": "drop/in:data"}, "funcs": [)" +
      constant("value", value) + constant("time", R"({"type": "int", "int": 20000000})") +
      R"({"ref": "fan_out", "io": {"in": ["split/in:data"],
                                    "out": ["split/out:data[0]", "split/out:data[1]"]}},
         {"ref": "time_after", "io": {"in": ["after/in:dur"], "out": ["after/out:sig"]}},
         {"ref": "del", "io": {"in": ["drop/in:data"]}},
         {"ref": ")" +
      ref + R"(", "io": {"in": ["waits/in:)" + port +
      R"("], "out": ["waits/out:res", "waits/out:err"]}}]})";
  auto loaded = program::load(text);
  if (!loaded) FAIL(loaded.error().line());
  return std::move(*loaded);
}

}  // namespace

TEST_CASE("the end reaches a read from stdin") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  environment world{.out = text_sink::collecting(), .in = text_source(ends[0])};
  for (const unsigned workers : {1U, 2U}) {
    const program p = waiting_program("scanln", "sig", text_value("x"));
    CHECK(p.run(world, {.workers = workers}).how == outcome::kind::stopped);
  }
  close(ends[0]);
  close(ends[1]);
}

TEST_CASE("the end reaches a named pipe that nobody writes to") {
  const temporary_folder folder;
  REQUIRE(mkfifo((folder / "pipe").c_str(), 0600) == 0);
  environment world = environment::for_tests();
  CHECK(waiting_program("read_all", "filename", text_value(folder / "pipe")).run(world).how ==
        outcome::kind::stopped);
}

TEST_CASE("the end reaches a request that is not answered") {
  http_server server([](http_server::talk& t) { t.wait_for_end(); });
  environment world = environment::for_tests();
  CHECK(waiting_program("http_get", "url", text_value(server.url("/"))).run(world).how ==
        outcome::kind::stopped);
}

TEST_CASE("no descriptor is left after a run") {
  const temporary_folder folder;
  environment world = environment::for_tests();
  const auto open_descriptors = [] {
    const std::filesystem::directory_iterator all("/proc/self/fd");
    return std::distance(begin(all), end(all));
  };
  const auto before = open_descriptors();
  CHECK(waiting_program("file_create", "filename", text_value(folder / "a")).run(world).how ==
        outcome::kind::stopped);
  CHECK(std::filesystem::exists(folder / "a"));
  CHECK(open_descriptors() == before);
}
