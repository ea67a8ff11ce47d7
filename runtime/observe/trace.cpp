#include "runtime/observe/trace.hpp"

#include <algorithm>
#include <cstdio>

namespace nevaperf::runtime {

namespace {

// JSON string contents of a name: quotes, backslashes and control characters escaped.
std::string escaped(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char code[8];
      std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(c));
      out += code;
    } else {
      out += c;
    }
  }
  return out;
}

std::string microseconds(std::int64_t time_ns) {
  char text[32];
  std::snprintf(text, sizeof text, "%lld.%03lld", static_cast<long long>(time_ns / 1000),
                static_cast<long long>(time_ns % 1000));
  return text;
}

const char* name_of(wait_reason why) {
  switch (why) {
    case wait_reason::recv_empty:
      return "recv_empty";
    case wait_reason::send_full:
      return "send_full";
    case wait_reason::select:
      return "select";
  }
  return "";
}

}  // namespace

trace::trace(std::size_t most_events)
    : start_(std::chrono::steady_clock::now()), ring_(std::max<std::size_t>(most_events, 1)) {}

std::uint64_t trace::dropped() const {
  return recorded_ > ring_.size() ? recorded_ - ring_.size() : 0;
}

void trace::record(kind what, base::node_id node, channel_id on, wait_reason why) noexcept {
  const std::lock_guard hold(lock_);
  const std::chrono::nanoseconds time = std::chrono::steady_clock::now() - start_;
  event& e = ring_[recorded_++ % ring_.size()];
  e = {.time_ns = time.count(),
       .node = node.index(),
       .channel = on.index(),
       .message = 0,
       .what = what,
       .why = why};
  if (what != kind::send && what != kind::receive) return;
  if (counts_.size() <= on.index()) counts_.resize(on.index() + 1);
  message_counts& count = counts_[on.index()];
  e.message = what == kind::send ? count.sent++ : count.received++;
}

void trace::step_begins(base::node_id node) noexcept {
  record(kind::begin, node, channel_id::none());
}
void trace::step_ends(base::node_id node) noexcept { record(kind::end, node, channel_id::none()); }
void trace::sends(base::node_id sender, channel_id on) noexcept { record(kind::send, sender, on); }
void trace::receives(base::node_id receiver, channel_id on) noexcept {
  record(kind::receive, receiver, on);
}
void trace::waits(base::node_id node, channel_id on, wait_reason why) noexcept {
  record(kind::wait, node, on, why);
}

std::string trace::json_of(const event& e, const names& called) {
  std::string line = R"({"pid":1,"tid":)" + std::to_string(e.node + 1) + R"(,"ts":)" +
                     microseconds(e.time_ns);
  const auto on_channel = [&] { return escaped(called.channel(channel_id(e.channel))); };
  const std::string flow =
      R"(,"cat":"message","id":")" + std::to_string(e.channel) + "." + std::to_string(e.message) + '"';
  switch (e.what) {
    case kind::begin:
      return line + R"(,"ph":"B","name":"step"})";
    case kind::end:
      return line + R"(,"ph":"E"})";
    case kind::send:
      return line + R"(,"ph":"s","name":")" + on_channel() + '"' + flow + "}";
    case kind::receive:
      return line + R"(,"ph":"f","bp":"e","name":")" + on_channel() + '"' + flow + "}";
    case kind::wait:
      return line + R"(,"ph":"i","s":"t","name":")" + name_of(e.why) +
             R"(","args":{"port":")" + on_channel() + R"("}})";
  }
  return {};
}

void trace::write_chrome_json(const names& called,
                              const std::function<bool(const std::string&)>& write) const {
  if (!write(R"({"displayTimeUnit":"ns","otherData":{"dropped_events":")" +
             std::to_string(dropped()) + R"("},"traceEvents":[)" "\n"))
    return;
  std::string separator;
  for (std::uint32_t n = 0; n < called.nodes; ++n) {
    const std::string line = separator + R"({"pid":1,"tid":)" + std::to_string(n + 1) +
                             R"(,"ph":"M","name":"thread_name","args":{"name":")" +
                             escaped(called.node(base::node_id(n))) + R"("}})";
    if (!write(line)) return;
    separator = ",\n";
  }
  const std::uint64_t kept = std::min<std::uint64_t>(recorded_, ring_.size());
  for (std::uint64_t i = recorded_ - kept; i < recorded_; ++i) {
    if (!write(separator + json_of(ring_[i % ring_.size()], called))) return;
    separator = ",\n";
  }
  write("\n]}\n");
}

}  // namespace nevaperf::runtime
