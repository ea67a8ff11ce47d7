#include "core/base/id.hpp"

#include <type_traits>
#include <unordered_set>

#include "tests/support/catch.hpp"

using namespace nevaperf::base;

static_assert(!std::is_convertible_v<node_id, port_id>);
static_assert(!std::is_constructible_v<node_id, port_id>);
static_assert(!std::is_convertible_v<std::uint32_t, node_id>);
static_assert(sizeof(node_id) == 4);

TEST_CASE("ids compare, order and hash by their index") {
  CHECK(node_id(1) == node_id(1));
  CHECK(node_id(1) < node_id(2));
  CHECK(node_id::none().is_none());
  CHECK_FALSE(node_id(0).is_none());
  const std::unordered_set<stack_id> seen = {stack_id(1), stack_id(1), stack_id(2)};
  CHECK(seen.size() == 2);
}
