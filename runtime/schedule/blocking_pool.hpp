// Threads for calls that block (input, files, network), so that no worker ever does.
//
// Threads are started on demand, up to a limit; calls beyond it wait in a queue. A call that can
// block for long polls `cancel_descriptor()` beside its own descriptor and gives up when that
// becomes readable.
//
// Thread safety: `submit` and `cancel_and_join`: any thread.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace nevaperf::runtime {

class blocking_pool {
 public:
  blocking_pool();
  blocking_pool(const blocking_pool&) = delete;
  blocking_pool& operator=(const blocking_pool&) = delete;
  ~blocking_pool();

  void submit(std::function<void()> call);
  // Drops what waits, tells what runs to give up, and waits until it has.
  void cancel_and_join();

  // Readable (poll) from the moment of cancellation. Stays open as long as the pool.
  [[nodiscard]] int cancel_descriptor() const { return cancel_descriptor_; }
  [[nodiscard]] bool is_cancelled() const;

 private:
  static constexpr std::size_t most_threads = 64;

  void serve();

  mutable std::mutex lock_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  std::vector<std::thread> threads_;
  std::size_t idle_ = 0;
  bool cancelled_ = false;
  int cancel_descriptor_;
};

}  // namespace nevaperf::runtime
