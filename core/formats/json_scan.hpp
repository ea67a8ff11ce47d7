// Reads JSON (RFC 8259) as a stream of events, without making a document: for formats whose files
// are large.
//
// Thread safety: owner only. The views given to a handler live until it returns.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/error.hpp"

namespace nevaperf::formats {

// A method that returns false ends the scan.
class json_handler {
 public:
  virtual ~json_handler() = default;
  virtual bool key(std::string_view name) = 0;
  virtual bool string(std::string_view value) = 0;
  virtual bool number(double value) = 0;  // finite
  virtual bool truth(bool value) = 0;
  virtual bool null() = 0;
  virtual bool start_object() = 0;
  virtual bool end_object() = 0;
  virtual bool start_array() = 0;
  virtual bool end_array() = 0;
};

enum class scan_end {
  whole,
  stopped,    // by the handler
  cut_off,    // the text ends within a value
  malformed,  // not JSON at `place`
  too_deep,   // more than 64 levels
};

struct scan_result {
  scan_end how = scan_end::whole;
  std::size_t place = 0;  // of the byte that was read last
};

[[nodiscard]] scan_result scan_json(std::string_view text, json_handler& handler);

// "line 12"
[[nodiscard]] std::string line_at(std::string_view text, std::size_t place);

}  // namespace nevaperf::formats
