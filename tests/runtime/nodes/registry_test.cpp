#include "runtime/nodes/registry.hpp"

#include <set>

#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;

TEST_CASE("every function is complete, found by its ref, and there once") {
  std::set<std::string_view> refs;
  for (const function_family& family : function_families()) {
    CHECK_FALSE(family.name.empty());
    CHECK_FALSE(family.functions.empty());
    for (const function& f : family.functions) {
      INFO(f.ref);
      CHECK(refs.insert(f.ref).second);
      CHECK(find_function(f.ref) == &f);
      CHECK(f.start != nullptr);
      CHECK(f.summary.ends_with('.'));
      CHECK((f.config == config_rule::none) == f.config_form.empty());
    }
  }
  CHECK(refs.size() > 80);
  CHECK(find_function("no_such_function") == nullptr);
}

TEST_CASE("a function that can send an error says which") {
  for (const function_family& family : function_families())
    for (const function& f : family.functions) {
      INFO(f.ref);
      if (f.outs.ends_with("err")) CHECK_FALSE(f.errors.empty());
    }
}

TEST_CASE("misspelt refs have a suggestion, others none") {
  CHECK(closest_ref("int_ad") == "int_add");
  CHECK(closest_ref("strings_to_uper") == "strings_to_upper");
  CHECK(closest_ref("telephone").empty());
  CHECK(closest_ref("").empty());
  CHECK(closest_ref(std::string(1000, 'x')).empty());
}
