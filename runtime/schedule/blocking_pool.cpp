#include "runtime/schedule/blocking_pool.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>

namespace nevaperf::runtime {

blocking_pool::blocking_pool() : cancel_descriptor_(eventfd(0, EFD_CLOEXEC)) {}

blocking_pool::~blocking_pool() {
  cancel_and_join();
  close(cancel_descriptor_);
}

void blocking_pool::submit(std::function<void()> call) {
  const std::lock_guard hold(lock_);
  if (cancelled_) return;
  waiting_.push_back(std::move(call));
  if (idle_ < waiting_.size() && threads_.size() < most_threads)
    threads_.emplace_back([this] { serve(); });
  changed_.notify_one();
}

void blocking_pool::serve() {
  std::unique_lock hold(lock_);
  for (;;) {
    ++idle_;
    changed_.wait(hold, [this] { return cancelled_ || !waiting_.empty(); });
    --idle_;
    if (cancelled_) return;
    const std::function<void()> call = std::move(waiting_.front());
    waiting_.pop_front();
    hold.unlock();
    call();
    hold.lock();
  }
}

void blocking_pool::cancel_and_join() {
  std::vector<std::thread> threads;
  {
    const std::lock_guard hold(lock_);
    cancelled_ = true;
    waiting_.clear();
    threads.swap(threads_);
  }
  const std::uint64_t one = 1;
  // Cannot fail but for a full counter, and then the descriptor is readable already.
  [[maybe_unused]] const ssize_t written = write(cancel_descriptor_, &one, sizeof one);
  changed_.notify_all();
  for (std::thread& t : threads) t.join();
}

bool blocking_pool::is_cancelled() const {
  const std::lock_guard hold(lock_);
  return cancelled_;
}

}  // namespace nevaperf::runtime
