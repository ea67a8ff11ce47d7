// Code whose names and lines the tests know. Built in several ways: see CMakeLists.txt.
namespace nevaperf_sample {

namespace {

[[gnu::noinline]] void* where_called_from() {
  return __builtin_extract_return_addr(__builtin_return_address(0));
}

template <class T>
[[gnu::always_inline]] inline T* inlined_call(T* mark) {
  T* const found = static_cast<T*>(where_called_from());  // line 12
  asm volatile("" : : "r"(mark));                         // keeps this call from being the last
  return found;
}

}  // namespace

[[gnu::noinline]] void* outer_function(int mark) {
  void* const found = inlined_call<void>(&mark);  // line 20
  asm volatile("" : : "r"(found));
  return found;
}

}  // namespace nevaperf_sample

extern "C" void* nevaperf_sample_place() {
  void* const found = nevaperf_sample::outer_function(1);
  asm volatile("" : : "r"(found));
  return found;
}
