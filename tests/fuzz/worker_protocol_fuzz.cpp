// Any bytes as a line of the worker protocol: refused with an error of one line, or read, written
// and read again as the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/measure/protocol.hpp"

using namespace nevaperf::measure;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

template <class T, class Write, class Read>
void check(const nevaperf::base::result<T>& got, Write write, Read read) {
  if (!got) {
    require(!got.error().what.empty());
    require(got.error().line().find('\n') == std::string::npos);
    return;
  }
  const std::string line = write(*got);
  require(line.find('\n') == line.size() - 1);
  const auto again = read(line);
  require(again && *again == *got);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  check(read_greeting(line), write_greeting, read_greeting);
  check(read_request(line), write_request, read_request);
  check(read_answer(line), write_answer, read_answer);
  return 0;
}
