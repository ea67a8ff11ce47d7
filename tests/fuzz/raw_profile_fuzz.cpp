// Any bytes as what a profiled program may leave: the file of a preloaded library with a damaged
// index and damaged records, and the file of node waits. Refused, or a valid profile.
//
// The input: 8 bytes for the header's counts, 32 index entries of 4 bytes, then what follows the
// index. All of it is tried as text too.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "profiles/alloc/alloc_file.hpp"
#include "profiles/alloc/alloc_kind.hpp"
#include "profiles/contention/contention_kind.hpp"
#include "profiles/contention/node_waits.hpp"
#include "profiles/contention/wait_file.hpp"
#include "profiles/preload/stack_file.hpp"

using namespace nevaperf::profiles;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

std::string file_with(std::string_view input, const char* magic, std::uint32_t value_words) {
  stack_file::file_header header{};
  std::memcpy(header.magic, magic, std::strlen(magic) + 1);
  header.value_words = value_words;
  const auto take = [&input](void* into, std::size_t bytes) {
    bytes = std::min(bytes, input.size());
    if (bytes != 0) std::memcpy(into, input.data(), bytes);
    input.remove_prefix(bytes);
  };
  take(&header.modules, sizeof header.modules);
  take(&header.period, sizeof header.period / 2);
  std::string file(stack_file::records_at, '\0');
  std::memcpy(file.data(), &header, sizeof header);
  take(file.data() + stack_file::index_at, 32 * sizeof(std::uint32_t));
  return file.append(input);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto alloc = read_stack_file(file_with(input, alloc_file::magic, alloc_file::values),
                                     alloc_file::magic, alloc_file::values);
  if (alloc)
    require(static_cast<bool>(
        validate(make_alloc_profile({*alloc}, [](std::uint64_t) { return std::string(); }))));
  const auto waits = read_stack_file(file_with(input, wait_file::magic, wait_file::values),
                                     wait_file::magic, wait_file::values);
  if (waits) require(static_cast<bool>(validate(make_thread_wait_profile({*waits}))));
  require(!read_stack_file(input, alloc_file::magic, alloc_file::values) ||
          size >= stack_file::records_at);
  if (const auto nodes = read_node_waits(input)) {
    require(static_cast<bool>(validate(make_node_wait_profile(*nodes))));
    (void)wait_notes(*nodes);
  }
  return 0;
}
