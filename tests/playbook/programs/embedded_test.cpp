#include "playbook/programs/embedded.hpp"

#include <algorithm>
#include <map>

#include "runtime/program/program.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf;

namespace {

std::string output_of(std::string_view ir_json) {
  const auto loaded = runtime::program::load(ir_json);
  if (!loaded) return loaded.error().line();
  runtime::environment world = runtime::environment::for_tests();
  const runtime::outcome how = loaded->run(world);
  CHECK(how.how == runtime::outcome::kind::stopped);
  return world.out.collected();
}

}  // namespace

TEST_CASE("the embedded programs do what they say") {
  std::map<std::string, std::string> printed;
  for (const playbook::embedded_program& one : playbook::embedded_programs()) {
    CHECK_FALSE(one.description.empty());
    printed[std::string(one.name)] = output_of(one.ir_json);
  }
  CHECK(printed.size() == 3);
  CHECK(printed.at("loop_sum") == "1499500\n");
  CHECK(printed.at("struct_chain").empty());
  const std::string& routed = printed.at("route_by_remainder");
  CHECK(std::count(routed.begin(), routed.end(), '\n') == 100);
  CHECK(routed.starts_with("a multiple of seven\n"));
}
