#include "runtime/program/call.hpp"

#include <utility>
#include <vector>

#include "runtime/port/selector.hpp"

namespace nevaperf::runtime {

namespace {

// The response is looked for after so many steps.
constexpr std::uint64_t steps_between_looks = 64;

// A graph that has not come to rest after this many looks is busy with something else than a call.
constexpr int looks_until_busy = 1000;

// What goes in and out of one graph.
struct exchange {
  task* asker = nullptr;  // the node that waits for a request
  message request;
  message response;
  std::uint64_t responses = 0;
};

struct next_request {
  exchange* at;
  static bool await_ready() noexcept { return false; }
  void await_suspend(node_task::handle h) const noexcept { at->asker = &h.promise(); }
  [[nodiscard]] message await_resume() const noexcept {
    at->asker = nullptr;
    return std::move(at->request);
  }
};

node_task send_requests(exchange& at, output start) {
  for (;;) co_await start.send(co_await next_request{&at});
}

node_task take_responses(exchange& at, input stop) {
  for (;;) {
    message m = co_await stop.receive();
    if (at.responses++ == 0) at.response = std::move(m);
  }
}

// How a channel of a graph at rest is: two graphs with the same pictures wait for the same.
struct channel_picture {
  const task* waiter = nullptr;
  channel_state now = channel_state::idle;
  bool is_selected_from = false;
  bool is_buffer_empty = true;
  bool operator==(const channel_picture&) const = default;
};

channel_picture picture_of(const channel& c) {
  channel_picture p{.now = c.is_special() ? c.more->now : c.now};
  if (p.now != channel_state::idle) p.waiter = c.waiter;
  if (!c.is_special()) return p;
  p.is_selected_from = c.more->group != nullptr && c.more->group->waiting() != nullptr;
  p.is_buffer_empty = c.more->is_empty();
  return p;
}

}  // namespace

// A wired graph with its way in and out.
class caller::instance {
 public:
  static base::result<std::unique_ptr<instance>> wire(const program& callee, environment& world) {
    auto made = std::make_unique<instance>();
    exchange& at = made->at_;
    auto wired = callee.wire(
        world, [&at](output start) { return send_requests(at, start); },
        [&at](input stop) { return take_responses(at, stop); });
    if (!wired) return wired.error();
    made->graph_ = std::move(*wired);
    made->graph_->before_waiting([&world] { world.out.flush(); });
    made->is_reusable_ = made->comes_to_rest();
    made->at_rest_ = made->picture();
    return made;
  }

  answer call(message request, const std::stop_token& stop) {
    at_.responses = 0;
    at_.request = std::move(request);
    if (at_.asker != nullptr) graph_->home().make_ready(*at_.asker);
    run_until_response(stop);
    if (at_.responses == 0) {
      is_reusable_ = false;
      return {.how = graph_->result(), .value = {}};
    }
    is_reusable_ = is_reusable_ && comes_to_rest() && at_.responses == 1 &&
                   !graph_->scheduling().ended() && picture() == at_rest_;
    return {.how = {}, .value = std::move(at_.response)};
  }

  [[nodiscard]] bool is_reusable() const { return is_reusable_; }

 private:
  // Or until nothing can happen any more. Whoever asks for the stop is done with this graph when it
  // returns.
  void run_until_response(const std::stop_token& stop) {
    if (stop.stop_requested()) return graph_->cancel();
    const std::stop_callback cancel(stop, [this] { graph_->cancel(); });
    while (at_.responses == 0)
      if (!graph_->run_some(steps_between_looks) && at_.responses == 0 && !graph_->wait_some())
        return;
  }

  bool comes_to_rest() {
    for (int i = 0; i < looks_until_busy; ++i)
      if (!graph_->run_some(steps_between_looks))
        return at_.asker != nullptr && graph_->home().is_alone();
    return false;
  }

  [[nodiscard]] std::vector<channel_picture> picture() const {
    std::vector<channel_picture> all;
    for (const channel* c : graph_->channels()) all.push_back(picture_of(*c));
    return all;
  }

  exchange at_;
  std::unique_ptr<graph> graph_;  // destroyed before what its nodes refer to
  std::vector<channel_picture> at_rest_;
  bool is_reusable_ = false;
};

caller::caller(const program& callee, environment& world) : callee_(callee), world_(world) {}

caller::~caller() {
  drop_instance();
}

void caller::drop_instance() {
  ready_.reset();  // before the services that its nodes use
  world_.services.clear();
}

answer caller::call(message request, const std::stop_token& stop) {
  if (!ready_) {
    auto wired = instance::wire(callee_, world_);
    if (!wired)
      return {
          .how = {.how = outcome::kind::failed, .status = 2, .text = {}, .failure = wired.error()},
          .value = {}};
    ready_ = std::move(*wired);
    ++graphs_wired_;
  }
  answer got = ready_->call(std::move(request), stop);
  const bool is_written = world_.out.flush();
  if (!ready_->is_reusable()) drop_instance();
  if (!is_written && got.how.status == 0)
    got = {.how = {.how = outcome::kind::failed,
                   .status = 2,
                   .text = {},
                   .failure = *world_.out.failure()},
           .value = {}};
  return got;
}

}  // namespace nevaperf::runtime
