// Any bytes as a Neva program: it is refused with an error of one line, or it can be wired as often
// as one likes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "runtime/program/program.hpp"

using namespace nevaperf::runtime;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::int64_t live_before = live_payloads();
  {
    const auto loaded = program::load(text);
    if (!loaded) {
      require(!loaded.error().what.empty());
      require(!loaded.error().where.empty());
      require(loaded.error().line().size() < 2000);
      require(loaded.error().line().find('\n') == std::string::npos);
    } else {
      environment world = environment::silent();
      const auto wired = loaded->wire(world);
      require(static_cast<bool>(wired));
      require((*wired)->nodes().size() == loaded->plan().nodes.size() + 2);
      require((*wired)->channel_count() == loaded->plan().channels.size());
    }
  }
  require(live_payloads() == live_before);
  return 0;
}
