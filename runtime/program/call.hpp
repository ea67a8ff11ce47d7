// A program as a function: a request goes in at in:start, the first message on out:stop is the
// response.
//
//   caller c(program, world);
//   answer a = c.call(message::integer(1));     // a.value, if a.how says `stopped`
//
// The wired graph is kept and used again for the next call: a call then costs a few message hops
// and no wiring. It is used again only if it has come to rest as it was before its first request:
// no node waits elsewhere than then, no message is on its way, no timer or blocking call is
// pending, and there was one response. After anything else (a second response, half of a pair left
// over, a panic, a deadlock) the next call gets a fresh graph, so a call never sees a message of an
// earlier one. What nodes remember by design (an accumulator, an open stream) they remember from
// call to call.
//
// A graph runs on the calling thread, on one worker. Its timers and blocking calls work as ever.
// Output is flushed when the call ends.
//
// Thread safety: owner only; a program and all its callers belong to one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>

#include "runtime/program/program.hpp"

namespace nevaperf::runtime {

struct answer {
  outcome how;    // stopped: there is a response
  message value;  // the response
};

class caller {
 public:
  // `world` must outlive this.
  caller(const program& callee, environment& world);
  caller(const caller&) = delete;
  caller& operator=(const caller&) = delete;
  ~caller();

  // `stop`, from any thread, ends the call as `cancelled`.
  answer call(message request, const std::stop_token& stop = {});

  [[nodiscard]] std::uint64_t graphs_wired() const { return graphs_wired_; }

 private:
  class instance;

  void drop_instance();

  program callee_;
  environment& world_;
  std::unique_ptr<instance> ready_;  // at rest
  std::uint64_t graphs_wired_ = 0;
};

}  // namespace nevaperf::runtime
