// Writes profiles of any size for show_speed.py: random calls down a tree of functions, seeded.
//
//   nevaperf_make_profile SAMPLES DEPTH FUNCTIONS TEXTS SEED FILE
// TEXTS: that many strings in all, most of them named by nothing. One million samples of depth 40
// make about 100 MB.
#include <array>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "core/base/file.hpp"
#include "core/units/parse.hpp"
#include "profiles/model/profile.hpp"
#include "profiles/pprof/proto_writer.hpp"

using namespace nevaperf;
using profiles::text_id;

namespace {

struct wish {
  std::uint64_t samples, depth, functions, texts, seed;
};

text_id add_text(profiles::profile& p, std::string text) {
  p.texts.push_back(std::move(text));
  return text_id(static_cast<std::uint32_t>(p.texts.size() - 1));
}

void add_functions(profiles::profile& p, const wish& w) {
  const text_id file = add_text(p, "src/code.cpp");
  for (std::uint32_t i = 0; i < w.functions; ++i) {
    const text_id name = add_text(p, "module" + std::to_string(i % 50) + "::type::function_" +
                                         std::to_string(i) + "(int, long)");
    p.functions.push_back({.name = name, .system_name = name, .file = file, .start_line = 1});
    // Three places in each.
    for (std::uint32_t line = 0; line < 3; ++line) {
      profiles::location at;
      at.address = 0x1000 + std::uint64_t{i} * 64 + line;
      at.lines = {{.function = base::function_id(i), .number = line + 1, .column = 0}};
      p.locations.push_back(std::move(at));
    }
  }
}

void add_samples(profiles::profile& p, const wish& w) {
  constexpr std::int64_t tick_ns = 10'000'000;
  std::mt19937_64 random(w.seed);
  const auto places = static_cast<std::uint32_t>(p.locations.size());
  for (std::uint64_t i = 0; i < w.samples; ++i) {
    const auto first = static_cast<std::uint32_t>(p.stacks.size());
    // A few ways to go at every fourth level only: as in programs, most stacks share most frames.
    for (std::uint64_t d = w.depth; d-- > 0;) {
      const std::uint64_t ways = d % 4 == 0 ? 4 : 1;
      p.stacks.emplace_back(static_cast<std::uint32_t>((d * 997 + random() % ways) % places));
    }
    p.samples.push_back({.first_frame = first,
                         .frame_count = static_cast<std::uint32_t>(w.depth),
                         .first_label = 0,
                         .label_count = 0});
    const auto count = static_cast<std::int64_t>(1 + random() % 3);
    p.values.push_back(count);
    p.values.push_back(count * tick_ns);
  }
}

profiles::profile make(const wish& w) {
  profiles::profile p;
  const text_id count = add_text(p, "count");
  const text_id samples = add_text(p, "samples");
  const text_id cpu = add_text(p, "cpu");
  const text_id nanoseconds = add_text(p, "nanoseconds");
  p.types = {{.type = samples, .unit = count}, {.type = cpu, .unit = nanoseconds}};
  p.period_type = p.types[1];
  p.period = 10'000'000;
  add_functions(p, w);
  add_samples(p, w);
  while (p.texts.size() < w.texts) add_text(p, "text " + std::to_string(p.texts.size()));
  return p;
}

}  // namespace

int main(int argc, char** argv) {
  constexpr int words = 7;
  constexpr std::uint64_t most = 100'000'000;
  std::array<std::uint64_t, words - 2> numbers{};
  for (int i = 1; argc == words && i + 1 < words; ++i) {
    const auto number = units::parse_count(argv[i], 1, most);
    if (!number) argc = 0;
    if (number) numbers[static_cast<std::size_t>(i - 1)] = *number;
  }
  if (argc != words) {
    std::fputs("usage: nevaperf_make_profile SAMPLES DEPTH FUNCTIONS TEXTS SEED FILE\n", stderr);
    return 2;
  }
  const auto made = make({.samples = numbers[0],
                          .depth = numbers[1],
                          .functions = numbers[2],
                          .texts = numbers[3],
                          .seed = numbers[4]});
  const auto written =
      base::real_files().write_atomic(argv[words - 1], profiles::write_proto(made));
  if (!written) std::fprintf(stderr, "%s\n", written.error().line().c_str());
  return written ? 0 : 1;
}
