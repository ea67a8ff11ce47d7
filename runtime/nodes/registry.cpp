#include "runtime/nodes/registry.hpp"

#include <algorithm>

#include "runtime/nodes/families.hpp"

namespace nevaperf::runtime {

std::span<const function_family> function_families() {
  static const function_family families[] = {
      {"Plumbing", plumbing_functions()},
      {"Accumulator", accumulator_functions()},
      {"Routing", routing_functions()},
      {"Logic", logic_functions()},
      {"Integers", integer_functions()},
      {"Floats", float_functions()},
      {"Strings and bytes", string_functions()},
      {"Parsing and formatting", conversion_functions()},
      {"Regular expressions", regexp_functions()},
      {"Structs, dicts, unions", record_functions()},
      {"Lists", list_functions()},
      {"Streams", stream_functions()},
      {"Streams of several streams", stream_pairing_functions()},
      {"Console", console_functions()},
      {"Console input and arguments", console_input_functions()},
      {"Files", file_functions()},
      {"Environment variables", os_variable_functions()},
      {"The process", os_process_functions()},
      {"Folders and file attributes", os_path_functions()},
      {"Variables from .env files", dotenv_functions()},
      {"Time", time_functions()},
      {"HTTP", http_functions()},
      {"Images", image_functions()},
  };
  return families;
}

const function* find_function(std::string_view ref) {
  for (const function_family& family : function_families())
    for (const function& f : family.functions)
      if (f.ref == ref) return &f;
  return nullptr;
}

namespace {

// Levenshtein distance, for suggestions only.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
    }
  }
  return row[b.size()];
}

}  // namespace

std::string_view closest_ref(std::string_view ref) {
  constexpr std::size_t longest_ref = 64;
  if (ref.size() > longest_ref) return {};
  std::string_view best;
  std::size_t best_distance = ref.size() / 3 + 1;  // a third of the letters may be wrong
  for (const function_family& family : function_families())
    for (const function& f : family.functions)
      if (const std::size_t d = distance(ref, f.ref); d <= best_distance && d < ref.size()) {
        if (d < best_distance || best.empty()) best = f.ref;
        best_distance = d;
      }
  return best;
}

}  // namespace nevaperf::runtime
