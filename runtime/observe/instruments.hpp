// What a profiler is told about every graph of its process, though it knows none of them.
//
// Each thread says in current_work what it works for: a node of a graph, or a phase of a graph's
// life. A signal handler may read it at any moment: it is one word of the thread, in static
// thread-local storage. Nodes are marked only while `marks_work` is installed: the loop that runs
// them has a sibling without the mark. Phases (once a run) are always marked.
//
// Graphs are wired again and again from one plan: those with the same nodes and channels share a
// number, and their names are kept for whoever reads the profile after the graphs are gone.
//
// Thread safety: install: while no graph runs. Everything else: any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "runtime/observe/graph_names.hpp"
#include "runtime/observe/observer.hpp"

namespace nevaperf::runtime {

struct instruments {
  bool marks_work = false;
  observer* watcher = nullptr;  // of the graphs that have none of their own
};

void install(const instruments& wanted);
[[nodiscard]] const instruments& installed() noexcept;

// What a thread works for. Graph 0: not (yet) known; then `node` is a phase, or nothing.
struct work_mark {
  static constexpr std::uint32_t scheduling = UINT32_MAX;   // which node comes next, or waiting
  static constexpr std::uint32_t wiring = UINT32_MAX - 1;   // a graph is made or destroyed
  static constexpr std::uint32_t loading = UINT32_MAX - 2;  // a program is read and checked

  std::uint32_t graph = 0;
  std::uint32_t node = 0;

  [[nodiscard]] static constexpr work_mark of(std::uint64_t word) noexcept {
    return {.graph = static_cast<std::uint32_t>(word >> 32U),
            .node = static_cast<std::uint32_t>(word)};
  }
  [[nodiscard]] constexpr std::uint64_t word() const noexcept {
    return std::uint64_t{graph} << 32U | node;
  }
};

// relaxed always: a thread writes it, and its own signal handler reads it
extern constinit thread_local std::atomic<std::uint64_t> current_work
    [[gnu::tls_model("initial-exec")]];

// While it lives, this thread works for something else.
class work_scope {
 public:
  explicit work_scope(work_mark now) noexcept
      : before_(current_work.load(std::memory_order_relaxed)) {
    current_work.store(now.word(), std::memory_order_relaxed);
  }
  work_scope(const work_scope&) = delete;
  work_scope& operator=(const work_scope&) = delete;
  ~work_scope() { current_work.store(before_, std::memory_order_relaxed); }

 private:
  std::uint64_t before_;
};

struct described_graph {
  std::vector<std::string> nodes;
  std::vector<graph_names::channel_ends> channels;
};

// The number of a graph, from 1. `likeness`: a hash of what makes it differ from others; `describe`
// is called for the first graph with it.
[[nodiscard]] std::uint32_t number_graph(std::uint64_t likeness,
                                         const std::function<described_graph()>& describe);

// Null: no such graph. The description stays for ever.
[[nodiscard]] const described_graph* find_graph(std::uint32_t number);

// "sum", "[scheduling]", "[wiring]", "[loading]"; empty: the thread works for no graph.
[[nodiscard]] std::string name_of(work_mark what);

}  // namespace nevaperf::runtime
