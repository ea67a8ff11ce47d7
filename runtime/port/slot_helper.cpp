#include "runtime/port/slot_helper.hpp"

#include <mutex>
#include <new>

#include "runtime/port/selector.hpp"

namespace nevaperf::runtime {

namespace {

// Before a frame: whether it is to be given back to the allocator.
constexpr std::size_t header_bytes = alignof(std::max_align_t);

struct receiving_here {
  channel* from;
  message* into;
  static bool await_ready() noexcept { return false; }
  bool await_suspend(slot_helper::handle h) const noexcept {
    h.promise().outstanding = 1;
    return !special_receive(*from, h.promise(), *into);
  }
  static void await_resume() noexcept {}
};

struct sending_here {
  channel* to;
  static bool await_ready() noexcept { return false; }
  bool await_suspend(slot_helper::handle h) const noexcept {
    h.promise().outstanding = 1;
    return !special_send(*to, h.promise());
  }
  static void await_resume() noexcept {}
};

struct looking {
  selector* from;
  std::size_t slot;
  static bool await_ready() noexcept { return false; }
  void await_suspend(slot_helper::handle h) const noexcept {
    slot_helper::promise_type& self = h.promise();
    self.outstanding = 1;
    from->look(slot);
    cluster::complete(*self.worked_for, self.done);  // the last thing: the node may destroy this
  }
  static void await_resume() noexcept {}
};

struct forwarding {
  selector* from;
  static bool await_ready() noexcept { return false; }
  void await_suspend(slot_helper::handle) const noexcept { from->forward(); }
  static void await_resume() noexcept {}
};

slot_helper receive_slot(helper_memory&, channel& from, message& into) {
  co_await receiving_here{&from, &into};
}

slot_helper send_slot(helper_memory&, channel& to) {
  co_await sending_here{&to};
}

// Stays suspended after its last step, in which it reports.
slot_helper select_slot(helper_memory&, selector& from, std::size_t slot) {
  co_await looking{&from, slot};
  co_await forwarding{&from};
}

}  // namespace

void* helper_memory::allocate(std::size_t bytes) {
  const std::size_t whole = bytes + header_bytes;
  std::byte* block = nullptr;
  if (is_pooled_) {
    if (size_ < whole) {
      block_ = std::make_unique_for_overwrite<std::byte[]>(whole);
      size_ = whole;
    }
    block = block_.get();
  } else {
    block = static_cast<std::byte*>(::operator new(whole));
  }
  ::new (block) bool(!is_pooled_);
  return block + header_bytes;
}

void helper_memory::free(void* frame) noexcept {
  std::byte* const block = static_cast<std::byte*>(frame) - header_bytes;
  if (*std::launder(reinterpret_cast<bool*>(block))) ::operator delete(block);
}

void slot_helper::launch(task& node) noexcept {
  promise_type& p = promise();
  p.worked_for = &node;
  p.home.store(&node.here(), std::memory_order_relaxed);  // relaxed: as in task::here
  p.node = node.node;
  p.is_helper = true;
  node.here().make_ready(p);
}

void helped_end::receive(channel& c, task& t, message& into) noexcept {
  if (pool_ != nullptr)
    return pool_->add({.node = &t, .at = &c, .into = &into, .from = nullptr, .chosen = nullptr});
  helper_.reset();  // its memory is used again
  helper_ = receive_slot(memory_, c, into);
  helper_.launch(t);
}

void helped_end::send(channel& c, task& t) noexcept {
  if (pool_ != nullptr)
    return pool_->add({.node = &t, .at = &c, .into = nullptr, .from = nullptr, .chosen = nullptr});
  helper_.reset();
  helper_ = send_slot(memory_, c);
  helper_.launch(t);
}

void helped_end::look(selector& from, std::size_t slot, task& t) noexcept {
  helper_.reset();
  helper_ = select_slot(memory_, from, slot);
  helper_.launch(t);
}

void helped_end::wake() noexcept {
  cluster::complete(helper_.promise(), helper_.promise().woken);
}

// The end of a helper's turn: it rests until there is a job, or gives others their turn.
struct slot_pool::turn {
  slot_pool* from;
  static bool await_ready() noexcept { return false; }
  void await_suspend(slot_helper::handle h) const noexcept {
    slot_helper::promise_type& self = h.promise();
    const std::lock_guard hold(from->lock_);
    if (from->count_ != 0) return self.here().make_ready(self);
    self.outstanding = 1;
    from->idle_.push_back(&self);
  }
  static void await_resume() noexcept {}
};

slot_pool::slot_pool(std::size_t slots, bool is_pooled) : jobs_(slots + 1) {
  for (std::size_t i = 0; i < most_helpers; ++i)
    workers_.push_back(std::make_unique<worker>(is_pooled));
  idle_.reserve(most_helpers);
}

slot_pool::~slot_pool() = default;

slot_helper slot_pool::work(helper_memory&, slot_pool& from) {
  for (;;) {
    job next;
    if (from.take(next)) run(next);
    co_await turn{&from};
  }
}

bool slot_pool::take(job& into) noexcept {
  const std::lock_guard hold(lock_);
  if (count_ == 0) return false;
  into = jobs_[first_];
  first_ = first_ + 1 == jobs_.size() ? 0 : first_ + 1;
  --count_;
  return true;
}

void slot_pool::run(const job& j) noexcept {
  if (j.from != nullptr)
    j.from->take_or_wait_for(*j.node, *j.chosen);
  else if (j.into == nullptr ? special_send(*j.at, *j.node)
                             : special_receive(*j.at, *j.node, *j.into))
    cluster::complete(*j.node, j.into == nullptr ? j.at->more->to_sender : j.at->more->to_receiver);
}

void slot_pool::add(const job& j) noexcept {
  slot_helper::promise_type* woken = nullptr;
  {
    const std::lock_guard hold(lock_);
    const std::size_t at = first_ + count_++;
    jobs_[at < jobs_.size() ? at : at - jobs_.size()] = j;
    if (!idle_.empty()) {
      woken = idle_.back();
      idle_.pop_back();
    }
  }
  if (woken != nullptr) return cluster::complete(*woken, woken->woken);
  if (started_ == workers_.size()) return;
  worker& w = *workers_[started_++];
  w.helper = work(w.memory, *this);
  w.helper.launch(*j.node);
}

}  // namespace nevaperf::runtime
