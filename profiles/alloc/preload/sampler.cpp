#include "profiles/alloc/preload/sampler.hpp"

#include <cmath>
#include <cstdlib>

namespace nevaperf::preload {

namespace file = profiles::alloc_file;

constinit thread_local std::int64_t sampler::left_ = 0;
constinit thread_local std::uint64_t sampler::random_ = 0;
constinit thread_local bool sampler::is_inside_ = false;

namespace {

// SplitMix64 (https://prng.di.unimi.it/splitmix64.c).
std::uint64_t next_random(std::uint64_t& state) {
  state += 0x9e3779b97f4a7c15U;
  std::uint64_t z = state;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

void add(std::uint64_t& to, std::uint64_t what) {
  __atomic_fetch_add(&to, what, __ATOMIC_RELAXED);
}

}  // namespace

bool sampler::open() {
  folder_ = std::getenv(file::folder_variable);
  const char* const period = std::getenv(file::period_variable);
  if (folder_ == nullptr || period == nullptr) return false;
  period_ = std::atof(period);
  if (const char* const seed = std::getenv(file::seed_variable))
    seed_ = std::strtoull(seed, nullptr, 10);
  return period_ >= 1 && live_.prepare() &&
         kept_.open(folder_, "alloc", file::magic, file::values,
                    static_cast<std::uint64_t>(period_));
}

void sampler::start(const void* its_malloc, bool hides, file::label_source label) {
  label_ = label;
  malloc_ = its_malloc;
  walker_.prepare(hides ? its_malloc : nullptr);
  kept_.name_allocator(its_malloc);
  kept_.begin();
  is_on_.store(true, std::memory_order_release);
}

void sampler::stop() {
  if (is_on_.exchange(false)) kept_.end();
}

void sampler::after_fork() {
  if (!kept_.is_open()) return;
  const bool was_on = is_on_.exchange(false);
  kept_.forget();
  live_.clear();
  random_ = 0;
  is_inside_ = false;
  if (!was_on ||
      !kept_.open(folder_, "alloc", file::magic, file::values, static_cast<std::uint64_t>(period_)))
    return;
  kept_.name_allocator(malloc_);
  kept_.begin();
  is_on_.store(true, std::memory_order_release);
}

std::int64_t sampler::next_distance() {
  if (period_ <= 1) return 0;
  // In (0, 1]: 53 random bits.
  const double uniform = (static_cast<double>(next_random(random_) >> 11U) + 1) * 0x1p-53;
  return static_cast<std::int64_t>(-std::log(uniform) * period_);
}

void sampler::look_at(const void* address, std::size_t bytes) {
  if (is_inside_ || address == nullptr) return;
  is_inside_ = true;
  bool is_hit = true;
  if (random_ == 0) {
    random_ = seed_ != 0 ? seed_
                         : static_cast<std::uint64_t>(monotonic_ns()) ^
                               (reinterpret_cast<std::uintptr_t>(&random_) * 0x9e3779b97f4a7c15U);
    const std::int64_t first = next_distance();
    left_ += first;
    is_hit = left_ < 0;
  }
  if (is_hit) {
    take_sample(address, bytes);
    left_ = next_distance();  // what is left of the distance is as long as a new one
  }
  is_inside_ = false;
}

void sampler::take_sample(const void* address, std::size_t bytes) {
  const std::int64_t start_ns = monotonic_ns();
  const void* stack[profiles::stack_file::most_depth];
  const std::uint32_t depth = walker_.walk(stack, profiles::stack_file::most_depth);
  const std::uint64_t label = label_ == nullptr ? 0 : label_();
  kept_.count_event(monotonic_ns() - start_ns);
  std::uint64_t* const values = kept_.values_of(stack, depth, label, 0);
  if (values == nullptr) return;
  const auto size = static_cast<double>(bytes);
  const double chance = period_ <= 1 ? 1 : -std::expm1(-std::fmax(size, 1) / period_);
  const auto objects = static_cast<std::uint64_t>(std::llround(file::scale / chance));
  const auto space = static_cast<std::uint64_t>(std::llround(file::scale * size / chance));
  add(values[file::objects], objects);
  add(values[file::space], space);
  if (!live_.add(address, {.values = values, .objects = objects, .space = space})) {
    kept_.count_untracked();
    return;
  }
  add(values[file::live_objects], objects);
  add(values[file::live_space], space);
}

void sampler::forget(const live_allocation& gone) {
  add(gone.values[file::live_objects], std::uint64_t{0} - gone.objects);
  add(gone.values[file::live_space], std::uint64_t{0} - gone.space);
}

}  // namespace nevaperf::preload
