#include "profiles/contention/preload/wait_recorder.hpp"

#include <cmath>
#include <cstdlib>

namespace nevaperf::preload {

namespace file = profiles::wait_file;

constinit thread_local std::uint32_t wait_recorder::put_aside_ = 0;
constinit thread_local wait_recorder::kept_wait wait_recorder::aside_[most_aside] = {};
constinit thread_local std::uint64_t wait_recorder::random_ = 0;
constinit thread_local bool wait_recorder::is_inside_ = false;

namespace {

void add(std::uint64_t& to, std::uint64_t what) {
  __atomic_fetch_add(&to, what, __ATOMIC_RELAXED);
}

void raise(std::uint64_t& to, std::uint64_t what) {
  std::uint64_t now = __atomic_load_n(&to, __ATOMIC_RELAXED);
  while (now < what &&
         !__atomic_compare_exchange_n(&to, &now, what, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
  }
}

std::uint64_t scaled(double value) {
  return static_cast<std::uint64_t>(std::llround(value * file::scale));
}

std::uint32_t slot_of(std::int64_t ns) {
  std::uint32_t slot = 0;
  for (auto left = static_cast<std::uint64_t>(ns) >> 1U; left != 0; left >>= 1U) ++slot;
  return slot < file::histogram_slots ? slot : file::histogram_slots - 1;
}

}  // namespace

bool wait_recorder::open() {
  folder_ = std::getenv(file::folder_variable);
  const char* const threshold = std::getenv(file::threshold_variable);
  if (folder_ == nullptr) return false;
  threshold_ns_ = threshold == nullptr ? 0 : std::atof(threshold);
  if (!kept_.open(folder_, "contention", file::magic, file::values,
                  static_cast<std::uint64_t>(threshold_ns_)))
    return false;
  walker_.prepare(nullptr);
  kept_.begin();
  is_on_.store(true, std::memory_order_release);
  return true;
}

void wait_recorder::close() {
  if (is_on_.exchange(false)) kept_.end();
}

void wait_recorder::after_fork() {
  const bool was_on = is_on_.exchange(false);
  kept_.forget();
  blames_.clear();
  put_aside_ = 0;
  is_inside_ = false;
  if (was_on) open();
}

std::uint64_t* wait_recorder::values_here(reason why) {
  const void* stack[profiles::stack_file::most_depth];
  const std::uint32_t depth = walker_.walk(stack, profiles::stack_file::most_depth);
  return kept_.values_of(stack, depth, 0, why);
}

wait_recorder::wait::wait(wait_recorder& to, const void* thing, reason why) : to_(to) {
  if (!to.is_on() || is_inside_) return;
  is_open_ = true;
  // The stack is taken before the wait: afterwards the thread may hold what others wait for.
  began_ns_ = monotonic_ns();
  place_ = to.blames_.wait_begins(thing, began_ns_);
  is_inside_ = true;
  values_ = to.values_here(why);
  is_inside_ = false;
}

wait_recorder::wait::~wait() {
  if (is_open_) to_.blames_.wait_ends(place_, began_ns_);
}

void wait_recorder::wait::end(bool holds_lock) {
  if (!is_open_) return;
  is_open_ = false;
  const std::int64_t delay_ns = monotonic_ns() - began_ns_;
  to_.blames_.wait_ends(place_, began_ns_);
  if (values_ == nullptr) return;
  if (put_aside_ == most_aside) to_.flush();
  aside_[put_aside_++] = {values_, delay_ns};
  if (!holds_lock) to_.flush();
}

void wait_recorder::after_giving_up(const blame& cost, reason why) {
  if (!is_on() || is_inside_) {
    put_aside_ = 0;
    return;
  }
  flush();
  if (cost.waits == 0) return;
  is_inside_ = true;
  if (std::uint64_t* const values = values_here(why)) {
    add(values[file::caused_count], scaled(static_cast<double>(cost.waits)));
    add(values[file::caused_delay], scaled(static_cast<double>(cost.delay_ns)));
  }
  is_inside_ = false;
}

void wait_recorder::flush() {
  for (std::uint32_t i = 0; i < put_aside_; ++i) write(aside_[i]);
  put_aside_ = 0;
}

void wait_recorder::write(const kept_wait& what) {
  kept_.count_event(0);  // the stack was taken while there was nothing to do but wait
  const auto delay_ns = static_cast<double>(what.delay_ns);
  double chance = 1;
  if (delay_ns < threshold_ns_) {
    chance = std::fmax(delay_ns, 1) / threshold_ns_;
    if (random_ == 0) random_ = static_cast<std::uint64_t>(monotonic_ns()) | 1U;
    // xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift generators").
    random_ ^= random_ >> 12U;
    random_ ^= random_ << 25U;
    random_ ^= random_ >> 27U;
    if (static_cast<double>((random_ * 0x2545f4914f6cdd1dU) >> 11U) * 0x1p-53 >= chance) return;
  }
  add(what.values[file::count], scaled(1 / chance));
  add(what.values[file::delay], scaled(delay_ns / chance));
  add(what.values[file::histogram + slot_of(what.delay_ns)], scaled(1 / chance));
  raise(what.values[file::longest], static_cast<std::uint64_t>(what.delay_ns));
}

}  // namespace nevaperf::preload
