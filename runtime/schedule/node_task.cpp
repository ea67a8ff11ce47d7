#include "runtime/schedule/node_task.hpp"

#include <cassert>

#include "runtime/schedule/cluster.hpp"

namespace nevaperf::runtime {

namespace {
thread_local frame_arena* current_arena = nullptr;
}

void* task::operator new(std::size_t bytes) {
  assert(current_arena != nullptr && "a node is made while its graph is wired");
  return current_arena->allocate(bytes);
}

void task::unhandled_exception() noexcept {
  here().fail(*this, std::current_exception());
}

frame_scope::frame_scope(frame_arena& arena) : outer_(std::exchange(current_arena, &arena)) {}
frame_scope::~frame_scope() {
  current_arena = outer_;
}

}  // namespace nevaperf::runtime
