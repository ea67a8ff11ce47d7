// The command line of the peers of scripts/bench_peers that are written in C++; the one in Go takes
// the same arguments:
//
//   peer --list                      the names of the works
//   peer [--ms N] WORK...            for each work a line "WORK CPU_NS WALL_NS": what an operation
//   took, measured for about N ms peer --operations N WORK...      the same with exactly N
//   operations peer idle_nodes [--nodes N]      lines "idle_node_bytes BYTES BYTES" and
//   "idle_node_wiring CPU_NS WALL_NS"
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <string>
#include <vector>

#include "tests/perf/peers/work.hpp"

namespace {

using namespace nevaperf::peers;

constexpr int usage_status = 2;

// Enough operations for about `ms`, found by growing runs that also warm up.
std::int64_t calibrate(const work& w, std::int64_t ms) {
  const std::int64_t wanted_ns = ms * 1'000'000;
  for (std::int64_t n = 64;; n *= 4) {
    const std::int64_t took = w.run(n).cpu_ns;
    if (took < wanted_ns / 10) continue;
    const double share = static_cast<double>(wanted_ns) / static_cast<double>(took);
    return std::max(static_cast<std::int64_t>(static_cast<double>(n) * share), std::int64_t{64});
  }
}

int fail(const std::string& what) {
  std::fprintf(stderr, "error: %s\n", what.c_str());
  return usage_status;
}

}  // namespace

void nevaperf::peers::print_measured(std::string_view name, elapsed took, std::int64_t operations) {
  const auto n = static_cast<double>(operations);
  std::printf("%.*s %.3f %.3f\n", static_cast<int>(name.size()), name.data(),
              static_cast<double>(took.cpu_ns) / n, static_cast<double>(took.wall_ns) / n);
}

void nevaperf::peers::print_bytes(std::string_view name, std::int64_t bytes, std::int64_t count) {
  print_measured(name, {bytes, bytes}, count);
}

int main(int argc, char** argv) {
  std::int64_t ms = 50;
  std::int64_t operations = 0;
  std::int64_t nodes = 1'000'000;
  std::int64_t workers = 1;
  std::vector<std::string> wanted;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    std::int64_t* number = word == "--ms"           ? &ms
                           : word == "--operations" ? &operations
                           : word == "--nodes"      ? &nodes
                           : word == "--workers"    ? &workers
                                                    : nullptr;
    if (number != nullptr) {
      const std::string text = i + 1 < argc ? argv[++i] : "";
      const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), *number);
      if (wrong != std::errc() || *end != '\0' || *number < 1)
        return fail(word + " needs a number from 1 on, not '" + text + "'");
    } else {
      wanted.push_back(word);
    }
  }

  use_workers(static_cast<unsigned>(workers));
  const std::vector<work> works = all_works();
  for (const std::string& name : wanted) {
    if (name == "--list") {
      for (const work& w : works)
        std::printf("%.*s\n", static_cast<int>(w.name.size()), w.name.data());
      continue;
    }
    if (name == "idle_nodes") {
      report_idle_nodes(nodes);
      continue;
    }
    const auto found = std::ranges::find(works, name, &work::name);
    if (found == works.end()) return fail("no work '" + name + "': --list shows what there is");
    const std::int64_t n = operations > 0 ? operations : calibrate(*found, ms);
    print_measured(name, found->run(n), n);
  }
  return 0;
}
