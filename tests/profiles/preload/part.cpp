// A library that is loaded and unloaded again and again.
#include <string>

extern "C" __attribute__((visibility("default"))) unsigned long part_work(unsigned long n) {
  std::string text;
  for (unsigned long i = 0; i < n; ++i) text += std::to_string(i);
  return text.size();
}
