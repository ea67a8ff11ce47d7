// A profile: what was measured, and on which stacks of calls.
//
// Pure data, of the same shape as profile.proto
// (https://github.com/google/pprof/blob/main/proto/profile.proto). Tables refer to each other by
// id; all text is in `texts` once, so that a million samples stay small. Values are whole numbers
// in the unit of their type; `duration_ns` and `time_ns` (since 1970) are 0 if not known.
//
// Invariants (validate() checks them; every reader returns only profiles that hold them):
// texts[0] is empty; every id lies in its table or, where none() is allowed, is none();
// values.size() == samples.size() * types.size(); ranges of samples lie in stacks and labels.
// Thread safety: a value; shares nothing.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/id.hpp"

namespace nevaperf::profiles {

using text_id = base::id<struct text_tag>;          // a text of a profile
using function_id = base::function_id;              // a function of a profile
using mapping_id = base::id<struct mapping_tag>;    // a file mapped into the program
using location_id = base::id<struct location_tag>;  // a place in the code

inline constexpr text_id no_text{0};

// What one value of a sample counts: "cpu" in "nanoseconds".
struct value_type {
  text_id type = no_text;
  text_id unit = no_text;
  friend bool operator==(const value_type&, const value_type&) = default;
};

struct mapping {
  std::uint64_t start = 0;  // addresses in the program: [start, limit)
  std::uint64_t limit = 0;
  std::uint64_t offset = 0;  // of `start` in the file, bytes
  text_id file = no_text;
  text_id build_id = no_text;
  bool has_functions = false;
  bool has_filenames = false;
  bool has_line_numbers = false;
  bool has_inline_frames = false;
  friend bool operator==(const mapping&, const mapping&) = default;
};

struct function {
  text_id name = no_text;
  text_id system_name = no_text;  // as the linker knows it (mangled)
  text_id file = no_text;
  std::int64_t start_line = 0;
  friend bool operator==(const function&, const function&) = default;
};

// One call at a location; a location where calls were inlined has several.
struct line {
  function_id function = function_id::none();
  std::int64_t number = 0;
  std::int64_t column = 0;
  friend bool operator==(const line&, const line&) = default;
};

struct location {
  mapping_id map = mapping_id::none();
  std::uint64_t address = 0;
  std::vector<line> lines;  // innermost first; empty: not known
  bool folded = false;      // several functions of one body were merged by the linker
  friend bool operator==(const location&, const location&) = default;
};

// A text, or a number with a unit.
struct label {
  text_id key = no_text;
  text_id text = no_text;  // no_text: the label is the number
  std::int64_t number = 0;
  text_id unit = no_text;
  friend bool operator==(const label&, const label&) = default;
};

// Ranges of profile::stacks and profile::labels.
struct sample {
  std::uint32_t first_frame = 0;
  std::uint32_t frame_count = 0;
  std::uint32_t first_label = 0;
  std::uint32_t label_count = 0;
  friend bool operator==(const sample&, const sample&) = default;
};

struct profile {
  std::vector<std::string> texts{std::string()};
  std::vector<value_type> types;
  std::vector<mapping> mappings;  // the first is the program itself
  std::vector<function> functions;
  std::vector<location> locations;

  std::vector<sample> samples;
  std::vector<location_id> stacks;   // the frames of all samples, leaf first
  std::vector<label> labels;         // the labels of all samples
  std::vector<std::int64_t> values;  // types.size() for each sample

  value_type period_type;
  std::int64_t period = 0;  // between two samples, in the unit of period_type
  std::int64_t time_ns = 0;
  std::int64_t duration_ns = 0;
  std::vector<text_id> comments;
  text_id default_type = no_text;  // of a value type: the one to show first
  text_id drop_frames = no_text;   // patterns that tools may apply; kept as they are
  text_id keep_frames = no_text;
  text_id doc_url = no_text;

  friend bool operator==(const profile&, const profile&) = default;

  [[nodiscard]] const std::string& text(text_id id) const { return texts[id.index()]; }
  [[nodiscard]] std::span<const location_id> stack_of(const sample& s) const {
    return std::span(stacks).subspan(s.first_frame, s.frame_count);
  }
  [[nodiscard]] std::span<const label> labels_of(const sample& s) const {
    return std::span(labels).subspan(s.first_label, s.label_count);
  }
  [[nodiscard]] std::span<const std::int64_t> values_of(std::size_t sample_index) const {
    return std::span(values).subspan(sample_index * types.size(), types.size());
  }
};

// Says which invariant does not hold.
[[nodiscard]] base::result<void> validate(const profile& p);

// The sum of each value over all samples, one for each type. A sum that does not fit stays at the
// largest (smallest) number.
[[nodiscard]] std::vector<std::int64_t> totals(const profile& p);

// The type to show: the one named, else the profile's default, else its last. An unknown name is an
// error that lists the known ones.
[[nodiscard]] base::result<std::size_t> find_type(const profile& p, std::string_view name);

// Multiplies the values of one type, rounded to whole numbers.
void scale(profile& p, std::size_t type, double factor);

// a + b, or the nearest number that fits.
[[nodiscard]] std::int64_t add_saturated(std::int64_t a, std::int64_t b);

// The nearest whole number that fits; 0 for what is not a number.
[[nodiscard]] std::int64_t round_saturated(double value);

}  // namespace nevaperf::profiles
