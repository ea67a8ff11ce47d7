#include <unistd.h>

#include <thread>
#include <utility>

#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"

using nevaperf::runtime::environment;
using nevaperf::runtime::text_sink;
using nevaperf::runtime::text_source;
using nevaperf::tests::run_node;

namespace {

environment with_input(std::string text) {
  return {.out = text_sink::collecting(), .in = text_source(std::move(text))};
}

struct pipe_ends {
  int read_end = -1;
  int write_end = -1;
  pipe_ends() {
    int both[2];
    REQUIRE(pipe(both) == 0);
    read_end = both[0];
    write_end = both[1];
  }
  ~pipe_ends() {
    close(read_end);
    if (write_end >= 0) close(write_end);
  }
  void write(std::string_view text) const {
    REQUIRE(::write(write_end, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  }
  void close_write_end() { close(std::exchange(write_end, -1)); }
};

}  // namespace

TEST_CASE("scanln gives a word a signal") {
  environment world = with_input("one\n  two \n\nthree four\nfive");
  CHECK(run_node("scanln", "sig () () () () () () ()", {.world = &world}) ==
        "res \"one\" \"two\"; err !\"unexpected newline\" !\"expected newline\"; res \"our\" "
        "\"five\"; err !\"EOF\"");
}

TEST_CASE("scanln reads from a descriptor what others left") {
  pipe_ends ends;
  ends.write("a\nb\n");
  ends.close_write_end();
  environment world{.out = text_sink::collecting(), .in = text_source(ends.read_end)};
  CHECK(run_node("scanln", "sig ()", {.world = &world}) == "res \"a\"");
  CHECK(run_node("scanln", "sig () () ()", {.world = &world}) ==
        "res \"b\"; err !\"EOF\" !\"EOF\"");
}

TEST_CASE("scanln reads a line that is longer than any buffer") {
  pipe_ends ends;
  const std::string word(200'000, 'x');
  std::thread writer([&] {
    for (std::size_t at = 0; at < word.size(); at += 1000) ends.write(word.substr(at, 1000));
    ends.write("\n");
  });
  environment world{.out = text_sink::collecting(), .in = text_source(ends.read_end)};
  CHECK(run_node("scanln", "sig ()", {.world = &world}) == "res \"" + word + "\"");
  writer.join();
}

TEST_CASE("scanln writes out what was printed before it waits") {
  pipe_ends in;
  pipe_ends out;
  in.write("x\n");
  environment world{.out = text_sink(out.write_end, "stdout"), .in = text_source(in.read_end)};
  CHECK(world.out.write("prompt: "));
  CHECK(run_node("scanln", "sig ()", {.world = &world}) == "res \"x\"");
  char got[16];
  CHECK(read(out.read_end, got, sizeof got) == 8);
}

TEST_CASE("scanln says why stdin cannot be read") {
  environment world{.out = text_sink::collecting(), .in = text_source(1'000'000)};
  CHECK(run_node("scanln", "sig ()", {.world = &world}) ==
        "err !\"read /dev/stdin: bad file descriptor\"");
}

TEST_CASE("args lists the arguments") {
  environment world = with_input("");
  CHECK(run_node("args", "sig ()", {.world = &world}) == "res []");
  world.arguments = {"program.json", "a b", ""};
  CHECK(run_node("args", "sig () ()", {.world = &world}) ==
        "res [\"program.json\", \"a b\", \"\"] [\"program.json\", \"a b\", \"\"]");
}
