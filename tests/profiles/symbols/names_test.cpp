// Names of the linker become names that people read.
#include "profiles/symbols/names.hpp"

#include "tests/support/catch.hpp"

using nevaperf::profiles::readable_name;
using nevaperf::profiles::without_parameters;

TEST_CASE("mangled names lose parameters, templates and return types") {
  CHECK(readable_name("_ZN4shop4cart3addERKNS_4itemE") == "shop::cart::add");
  CHECK(readable_name("_ZNSt6vectorIiSaIiEE9push_backERKi") == "std::vector::push_back");
  CHECK(readable_name("_Z3maxIiET_S0_S0_") == "max");
  CHECK(readable_name("_ZNK1a1bcvbEv") == "a::b::operator bool");
  CHECK(readable_name("_ZlsRSoRK1a") == "operator<<");
  CHECK(readable_name("_Znwm") == "operator new");
  CHECK(readable_name("_ZNK1aclEv") == "a::operator()");
  CHECK(readable_name("_ZN12_GLOBAL__N_14workEi") == "(anonymous namespace)::work");
}

TEST_CASE("what the compiler and the linker append is dropped") {
  CHECK(readable_name("_Z5sleepi.constprop.0") == "sleep");
  CHECK(readable_name("_Z5sleepi.isra.0.cold") == "sleep");
  CHECK(readable_name("sort_range.part.0") == "sort_range");
  CHECK(readable_name("read@@GLIBC_2.2.5") == "read");
  CHECK(readable_name("main") == "main");
  CHECK(readable_name("a.b") == "a.b");
}

TEST_CASE("a coroutine's functions have the name of the coroutine") {
  const std::string frame = "_ZN3app5countEPZNS_5countEiE19_ZN3app5countEi.Frame";
  CHECK(readable_name(frame + ".actor") == "app::count");
  CHECK(readable_name(frame + ".actor.cold") == "app::count");
  CHECK(readable_name(frame + ".destroy") == "app::count [destroy]");
}

TEST_CASE("demangled text is cut with care") {
  CHECK(without_parameters("void a::b<int, c<d> >::e<f>(g (*)(h)) const [clone .isra.0]") ==
        "a::b::e");
  CHECK(without_parameters("a::b(int)::{lambda(c, d)#2}::operator()(c, d) const") ==
        "a::b::{lambda(c, d)#2}::operator()");
  CHECK(without_parameters("std::enable_if<((x)>(1)), int>::type") == "std::enable_if::type");
  CHECK(without_parameters("a::operator new[](unsigned long)") == "a::operator new[]");
  CHECK(without_parameters("bool operator< <int>(a<int> const&)") == "operator<");
  CHECK(without_parameters("a::operator->() const") == "a::operator->");
  CHECK(without_parameters("a::operator<=>(a const&)") == "a::operator<=>");
  CHECK(without_parameters("unsigned long const& f<int>(int)") == "f");
  CHECK(without_parameters("operators(int)") == "operators");
  CHECK(without_parameters("a::b(int) const::{lambda()#1}::operator()() const") ==
        "a::b::{lambda()#1}::operator()");
  CHECK(without_parameters("").empty());
  CHECK(without_parameters("a<b") == "a");
  CHECK(without_parameters("(") == "(");
}

TEST_CASE("what is no mangled name stays as it is") {
  CHECK(readable_name("_Zfoo") == "_Zfoo");
  CHECK(readable_name("").empty());
  const std::string endless = "_Z" + std::string(100'000, 'N');
  CHECK(readable_name(endless) == endless);
}
