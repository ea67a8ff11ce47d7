// From the names of the linker to names that people read.
//
//   _ZN4shop4cart3addERKNS_4itemE          ->  shop::cart::add
//   _ZNSt6vectorIiSaIiEE9push_backERKi     ->  std::vector::push_back
//   _Z5sleepi.constprop.0                  ->  sleep
//   (a coroutine's resumption)             ->  the coroutine
//   (a coroutine's destruction)            ->  the coroutine [destroy]
//   read@@GLIBC_2.2.5                      ->  read
//
// Parameters, template arguments and return types are dropped, as pprof does: functions that differ
// in nothing else are one function to the reader. What the compiler made of a function (parts,
// clones) has the name of that function. Names that cannot be demangled stay as they are.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace nevaperf::profiles {

[[nodiscard]] std::string readable_name(std::string_view linker_name);

// The part after demangling: "int a<b>::c(d) const [clone .isra.0]" -> "a::c".
[[nodiscard]] std::string without_parameters(std::string_view demangled);

}  // namespace nevaperf::profiles
