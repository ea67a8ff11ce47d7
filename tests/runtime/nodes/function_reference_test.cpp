#include "runtime/nodes/function_reference.hpp"

#include <fstream>
#include <sstream>

#include "tests/support/catch.hpp"

TEST_CASE("the committed reference page is that of the tables") {
  std::ifstream file(NEVAPERF_FUNCTION_PAGE);
  std::ostringstream page;
  page << file.rdbuf();
  INFO("if not: run scripts/function_reference");
  CHECK((page.str() == nevaperf::runtime::function_reference()));
}

TEST_CASE("the reference names ports, configuration and errors") {
  const std::string page = nevaperf::runtime::function_reference();
  const auto has = [&page](const char* text) { return page.find(text) != std::string::npos; };
  CHECK(has("\n### `list_at`\n\nIn: `data` `idx`. Out: `res` `err`.\n\nThe element at `idx`"));
  CHECK(has("Errors: `index out of bounds`.\n"));
  CHECK(has("\n### `del`\n\nIn: `data`. Out: none.\n"));
  CHECK(has("Configuration: any value.\n"));
}
