#include "runtime/message/atom.hpp"

#include <string>
#include <thread>
#include <vector>

#include "tests/support/catch.hpp"

using nevaperf::runtime::atom;

TEST_CASE("one name is one atom, also when several threads ask") {
  CHECK(atom::intern("") == atom());
  CHECK(atom().text().empty());
  CHECK(atom::intern("a") == atom::intern(std::string("a")));
  CHECK(atom::intern("a") != atom::intern("b"));

  constexpr int count = 2000;  // several blocks of the table
  std::vector<std::vector<atom>> seen(4);
  std::vector<std::thread> threads;
  for (auto& mine : seen) {
    threads.emplace_back([&mine] {
      for (int i = 0; i < count; ++i) mine.push_back(atom::intern("name" + std::to_string(i)));
    });
  }
  for (std::thread& t : threads) t.join();
  for (const auto& mine : seen) CHECK(mine == seen[0]);
  for (int i = 0; i < count; ++i)
    CHECK(seen[0][static_cast<std::size_t>(i)].text() == "name" + std::to_string(i));
}
