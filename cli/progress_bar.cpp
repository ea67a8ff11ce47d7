#include "cli/progress_bar.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

#include "core/report/terminal_text.hpp"
#include "core/units/format.hpp"
#include "core/units/quantity.hpp"

namespace nevaperf::cli {

namespace {

constexpr std::int64_t least_pause_ns = 100'000'000;
constexpr std::string_view clear_line = "\r\x1b[K";

std::size_t terminal_columns(int descriptor) {
  winsize size{};
  constexpr std::size_t usual = 80;
  if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual;
  return size.ws_col;
}

// The start of a text that fits; names from elsewhere may hold anything.
std::string shortened(std::string_view text, std::size_t columns) {
  std::string out = report::printable(text);
  while (report::display_width(out) > columns) {
    do {
      out.pop_back();
    } while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xC0U) == 0x80);
  }
  return out;
}

}  // namespace

std::string progress_line(const progress_state& now, std::size_t columns) {
  constexpr std::size_t bar_columns = 24;
  const std::uint64_t expected = std::max<std::uint64_t>(now.expected, 1);
  const std::uint64_t done = std::min(now.done, expected);
  const auto filled = static_cast<std::size_t>(bar_columns * done / expected);
  const std::string counts = std::to_string(done) + "/" + std::to_string(expected);
  const units::nanoseconds left(static_cast<double>(now.remaining_ns));
  const std::string line = "[" + std::string(filled, '=') + std::string(bar_columns - filled, ' ') +
                           "] " + counts + "  " + units::format_elapsed(left) + " left  " +
                           std::string(now.label);
  // The last column stays free: some terminals wrap there.
  return shortened(line, columns > 0 ? columns - 1 : 0);
}

progress_bar::progress_bar(int descriptor, bool wanted, const base::clock& clock)
    : descriptor_(descriptor), is_shown_(wanted && ::isatty(descriptor) == 1), clock_(clock) {}

progress_bar::~progress_bar() {
  clear();
}

void progress_bar::show(const progress_state& now) {
  if (!is_shown_) return;
  const std::int64_t now_ns = clock_.monotonic_ns();
  if (is_dirty_ && now_ns < next_ns_) return;
  next_ns_ = now_ns + least_pause_ns;
  is_dirty_ = true;
  write(std::string(clear_line) + progress_line(now, terminal_columns(descriptor_)));
}

void progress_bar::clear() {
  if (is_dirty_) write(clear_line);
  is_dirty_ = false;
}

void progress_bar::write(std::string_view text) const {
  // A terminal that is gone is no reason to stop measuring.
  [[maybe_unused]] const ssize_t written = ::write(descriptor_, text.data(), text.size());
}

}  // namespace nevaperf::cli
