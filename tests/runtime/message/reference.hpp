// A second, slow model of the runtime's values: plain recursion over standard containers. The tests
// make random values in it, build the real ones from them, and compare what both say.
//
// Thread safety: owner only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <variant>
#include <vector>

#include "runtime/message/message.hpp"

namespace nevaperf::tests {

struct model_value;

struct model_bytes {
  std::string data;
};
struct model_fields {
  std::map<std::string, model_value> values;
};
struct model_union {
  std::string tag;
  std::shared_ptr<const model_value> data;  // may be null
};
using model_list = std::vector<model_value>;
using model_dict = std::map<std::string, model_value>;

struct model_value {
  std::variant<bool, std::int64_t, double, std::string, model_bytes, model_list, model_dict,
               model_fields, model_union>
      v;
};

using generator = std::mt19937_64;

// A number in [0, end).
std::size_t below(generator& g, std::size_t end);

std::string random_text(generator& g);
// `depth` levels of containers at most. From a small domain, so that equal values are frequent.
model_value random_value(generator& g, int depth);
// The same value with one random part changed, or not at all.
model_value mutated(generator& g, const model_value& v);

// The real value, built in one of several ways: lists by builder, append, prepend, concat or slice.
runtime::message build(generator& g, const model_value& v);

bool model_equal(const model_value& a, const model_value& b);
bool model_matches(const model_value& v, const model_value& pattern);
// Follows the original step by step: writes blanks everywhere and takes them out of lists later.
std::string model_text(const model_value& v);

}  // namespace nevaperf::tests
