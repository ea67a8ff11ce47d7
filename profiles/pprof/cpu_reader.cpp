#include <array>
#include <cstring>
#include <limits>

#include "profiles/model/profile_builder.hpp"
#include "profiles/pprof/gperftools_readers.hpp"
#include "profiles/pprof/memory_map.hpp"

namespace nevaperf::profiles {

namespace {

constexpr std::uint64_t header_words = 5;
constexpr std::uint64_t most_depth = 1 << 16;
constexpr std::uint64_t most_period_us = 3'600'000'000;

// Words of one size and byte order. Invariant: at_ <= the number of whole words.
class words {
 public:
  words(std::string_view bytes, std::size_t word_bytes, bool big_endian)
      : bytes_(bytes), word_bytes_(word_bytes), big_endian_(big_endian) {}

  [[nodiscard]] std::uint64_t left() const { return bytes_.size() / word_bytes_ - at_; }
  // Only if there is one left.
  std::uint64_t next() {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < word_bytes_; ++i) {
      const std::size_t place = big_endian_ ? i : word_bytes_ - 1 - i;
      value = value << 8U | static_cast<unsigned char>(bytes_[at_ * word_bytes_ + place]);
    }
    ++at_;
    return value;
  }
  [[nodiscard]] std::string_view rest() const { return bytes_.substr(at_ * word_bytes_); }
  [[nodiscard]] std::string place() const { return "byte " + std::to_string(at_ * word_bytes_); }

 private:
  std::string_view bytes_;
  std::size_t word_bytes_;
  bool big_endian_;
  std::size_t at_ = 0;
};

bool starts_with_header(words w) {
  return w.left() >= header_words && w.next() == 0 && w.next() == 3 && w.next() == 0;
}

std::array<words, 4> readings(std::string_view bytes) {
  return {words(bytes, 8, false), words(bytes, 4, false), words(bytes, 8, true),
          words(bytes, 4, true)};
}

base::error damaged(const words& w, const char* what) {
  return {.what = what, .where = w.place(), .next = "end the program normally, or record again"};
}

// The stacks as they lie in the file; the memory map that they need comes behind them.
struct raw_sample {
  std::int64_t count;
  std::vector<std::uint64_t> addresses;
};

base::result<std::vector<raw_sample>> read_samples(words& w) {
  std::vector<raw_sample> all;
  while (true) {
    if (w.left() < 2) return damaged(w, "truncated: the end of the samples is missing");
    const std::uint64_t count = w.next();
    const std::uint64_t depth = w.next();
    if (count > std::numeric_limits<std::int64_t>::max()) return damaged(w, "count out of range");
    if (depth == 0 || depth > most_depth) return damaged(w, "depth of a stack out of range");
    if (depth > w.left()) return damaged(w, "truncated: a stack is cut off");
    raw_sample made{.count = static_cast<std::int64_t>(count), .addresses = {}};
    for (std::uint64_t i = 0; i < depth; ++i) made.addresses.push_back(w.next());
    if (count == 0 && depth == 1 && made.addresses[0] == 0) return all;
    all.push_back(std::move(made));
  }
}

std::int64_t times_saturated(std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? std::numeric_limits<std::int64_t>::max()
                                                : product;
}

}  // namespace

bool is_cpu_profile(std::string_view bytes) {
  for (const words& w : readings(bytes))
    if (starts_with_header(w)) return true;
  return false;
}

base::result<profile> read_cpu_profile(std::string_view bytes) {
  for (words w : readings(bytes)) {
    if (!starts_with_header(w)) continue;
    for (int i = 0; i < 3; ++i) w.next();
    const std::uint64_t period_us = w.next();
    w.next();
    if (period_us == 0 || period_us > most_period_us)
      return damaged(w, "sampling period out of range");
    const auto raw = read_samples(w);
    if (!raw) return raw.error();

    profile_builder made;
    made.add_type("samples", "count");
    made.add_type("cpu", "nanoseconds");
    profile& header = made.header();
    header.period_type = made.type("cpu", "nanoseconds");
    header.period = static_cast<std::int64_t>(period_us) * 1000;
    const std::int64_t period_ns = header.period;
    memory_map map(made, w.rest());
    for (const raw_sample& each : *raw) {
      const std::array values{each.count, times_saturated(each.count, period_ns)};
      made.add_sample(map.locate_stack(each.addresses, true), values);
    }
    return std::move(made).build();
  }
  return base::error{.what = "not a CPU profile of gperftools", .where = {}, .next = {}};
}

}  // namespace nevaperf::profiles
