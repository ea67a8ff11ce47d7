// The session's side of the protocol: one worker process and the conversation with it.
//
// Whatever goes wrong (a crash, silence, nonsense, a scenario that gives up) becomes a
// worker_failure: the status of the scenario and one line that tells why. After a failure the
// worker is gone; every further call fails alike.
//
// Thread safety: owner only. Units: nanoseconds.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/process.hpp"
#include "core/measure/protocol.hpp"
#include "core/model/scenario.hpp"

namespace nevaperf::measure {

struct worker_failure {
  model::scenario_status status = model::scenario_status::failed;
  std::string why;           // one line
  bool interrupted = false;  // not the worker's fault: the user wants to stop
};

// A value or how the worker failed.
template <class T>
using worker_result = std::variant<T, worker_failure>;

// What links share: the world, and how long to wait.
struct worker_world {
  base::process_launcher& processes;
  const base::clock& clock;
  std::function<bool()> stop_wanted;  // asked while waiting
  std::int64_t answer_timeout_ns = 10'000'000'000;
};

class worker_link {
 public:
  // Starts the process and reads its greeting, which must name `scenario`.
  static worker_result<worker_link> start(worker_world& world, const base::process_options& options,
                                          const std::string& scenario);

  // One slice, and how long the session waited for it (all that the worker did, not only the
  // measured part).
  struct timed_slice {
    slice measured;
    std::int64_t wall_ns = 0;
  };
  worker_result<timed_slice> run(std::uint64_t iterations);
  // Exact only after run(): what a scenario makes once is not to be counted.
  using count_answer = std::variant<allocation_counts, no_counts>;
  worker_result<count_answer> count(std::uint64_t iterations);

  // Whether the worker knows a request; one of an older build may not.
  [[nodiscard]] bool answers(request::kind what) const;
  using usage_answer = std::variant<system_usage, no_counts>;
  worker_result<usage_answer> usage(std::uint64_t iterations);
  using instruction_answer = std::variant<instruction_count, no_counts>;
  worker_result<instruction_answer> instructions(std::uint64_t iterations);

  // Ends the worker and waits for it; a bad end is a failure too.
  worker_result<base::exit_report> finish();

 private:
  worker_link(worker_world& world, std::unique_ptr<base::child> process)
      : world_(&world), process_(std::move(process)) {}

  worker_result<std::string> read_line();
  worker_result<answer> ask(const request& wanted);
  // Asks, and takes an answer of type T or why there is none.
  template <class T>
  worker_result<std::variant<T, no_counts>> ask_for(const request& wanted);
  worker_failure silence();
  worker_failure ended();
  worker_failure nonsense(const base::error& problem);
  [[nodiscard]] std::string with_last_words(std::string why) const;

  worker_world* world_;
  std::unique_ptr<base::child> process_;
  std::vector<std::string> more_;  // requests that it knows
};

}  // namespace nevaperf::measure
