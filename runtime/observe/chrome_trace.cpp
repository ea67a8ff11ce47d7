#include "runtime/observe/chrome_trace.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace nevaperf::runtime {

namespace {

constexpr std::size_t piece_bytes = std::size_t{64} << 10;

// JSON string contents of a name.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
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

std::uint64_t message_key(const trace::event& e) {
  return std::uint64_t{e.channel} << 32 | e.message;
}

// A message's arrow: its number in the file and the step at which it ends.
class arrows {
 public:
  explicit arrows(const std::vector<trace::event>& all) {
    std::unordered_map<std::uint32_t, std::vector<std::uint64_t>>
        handed;  // by node, until its next step
    for (const trace::event& e : all) {
      if (e.what == trace::kind::send) sent_.push_back(message_key(e));
      if (e.what == trace::kind::take) taken_.push_back(message_key(e));
      if (e.what == trace::kind::handed) handed[e.node].push_back(message_key(e));
      if (e.what != trace::kind::step) continue;
      const auto waiting = handed.find(e.node);
      if (waiting == handed.end()) continue;
      taken_.insert(taken_.end(), waiting->second.begin(), waiting->second.end());
      handed.erase(waiting);
    }
    std::sort(sent_.begin(), sent_.end());
    std::sort(taken_.begin(), taken_.end());
  }

  // Nothing: one of its ends is missing.
  [[nodiscard]] std::optional<std::size_t> number_of(const trace::event& e) const {
    const std::uint64_t key = message_key(e);
    const auto sent = std::lower_bound(sent_.begin(), sent_.end(), key);
    if (sent == sent_.end() || *sent != key) return std::nullopt;
    if (!std::binary_search(taken_.begin(), taken_.end(), key)) return std::nullopt;
    return static_cast<std::size_t>(sent - sent_.begin()) + 1;
  }

 private:
  std::vector<std::uint64_t> sent_;   // sorted keys
  std::vector<std::uint64_t> taken_;  // sorted keys
};

class writer {
 public:
  writer(const trace& recorded, const graph_names& names,
         const std::function<bool(std::string_view)>& write)
      : names_(names),
        write_(write),
        all_(recorded.events()),
        arrows_(all_),
        dropped_(recorded.dropped()) {}

  void write_all() {
    text_ = R"({"displayTimeUnit":"ns","otherData":{"dropped_events":)" + std::to_string(dropped_) +
            R"(},"traceEvents":[)"
            "\n";
    text_ += R"({"pid":1,"tid":0,"ph":"M","name":"process_name","args":{"name":"nevaperf run"}})";
    name_rows();
    for (const trace::event& e : all_) {
      if (is_stopped_) return;
      add(e);
    }
    text_ += "\n]}\n";
    flush();
  }

 private:
  void flush() {
    is_stopped_ = is_stopped_ || !write_(text_);
    text_.clear();
  }

  // Every event begins here: a row is a thread, numbered from 1.
  void open(std::uint32_t node, const char* phase) {
    if (text_.size() >= piece_bytes) flush();
    text_ += R"(,
{"pid":1,"tid":)" +
             std::to_string(node + 1) + R"(,"ph":")" + phase + '"';
  }

  void name_rows() {
    std::vector<std::uint32_t> nodes;
    for (const trace::event& e : all_) nodes.push_back(e.node);
    std::sort(nodes.begin(), nodes.end());
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    for (const std::uint32_t n : nodes) {
      open(n, "M");
      text_ += R"(,"name":"thread_name","args":{"name":")" +
               escaped(names_.node(base::node_id(n))) + R"("}})";
      open(n, "M");
      text_ +=
          R"(,"name":"thread_sort_index","args":{"sort_index":)" + std::to_string(n + 1) + "}}";
    }
  }

  void add(const trace::event& e) {
    switch (e.what) {
      case trace::kind::step: {
        open(e.node, "X");
        // A slice must outlast what happens in it to be found around it.
        text_ += R"(,"name":"step","ts":)" + microseconds(e.time_ns) + R"(,"dur":)" +
                 microseconds(e.duration_ns + 1) + "}";
        const auto arrived = handed_.find(e.node);
        if (arrived == handed_.end()) return;
        for (const trace::event& message : arrived->second) add_arrow(message, "f", e.time_ns);
        handed_.erase(arrived);
        return;
      }
      case trace::kind::send:
        if (arrows_.number_of(e))
          add_arrow(e, "s", e.time_ns);
        else
          add_instant(e, "sent, not taken", true);
        return;
      case trace::kind::take:
        add_arrow(e, "f", e.time_ns);
        return;
      case trace::kind::handed:
        handed_[e.node].push_back(e);
        return;
      case trace::kind::wait:
        switch (e.why) {
          case wait_reason::recv_empty:
            return add_instant(e, "waits to receive", false);
          case wait_reason::send_full:
            return add_instant(e, "waits to send", true);
          case wait_reason::select:
            return add_instant(e, "waits to select", false);
        }
    }
  }

  void add_arrow(const trace::event& message, const char* phase, std::int64_t time_ns) {
    const auto number = arrows_.number_of(message);
    if (!number) return;
    const graph_names::channel_ends& ends = ends_of(message.channel);
    open(message.node, phase);
    if (*phase == 'f') text_ += R"(,"bp":"e")";
    text_ += R"(,"cat":"message","name":")" + ends.from + " -> " + ends.to + R"(","id":)" +
             std::to_string(*number) + R"(,"ts":)" + microseconds(time_ns) + "}";
  }

  void add_instant(const trace::event& e, const char* name, bool is_sender) {
    const graph_names::channel_ends& ends = ends_of(e.channel);
    open(e.node, "i");
    text_ += R"(,"s":"t","name":")" + std::string(name) + R"(","ts":)" + microseconds(e.time_ns) +
             R"(,"args":{"port":")" + (is_sender ? ends.from : ends.to) + '"';
    if (e.why != wait_reason::select)
      text_ += R"(,"other end":")" + (is_sender ? ends.to : ends.from) + '"';
    text_ += "}}";
  }

  const graph_names::channel_ends& ends_of(std::uint32_t channel) {
    const auto [known, is_new] = ends_.try_emplace(channel);
    if (is_new) {
      const graph_names::channel_ends plain = names_.channel(channel_id(channel));
      known->second = {escaped(plain.from), escaped(plain.to)};
    }
    return known->second;
  }

  const graph_names& names_;
  const std::function<bool(std::string_view)>& write_;
  std::vector<trace::event> all_;
  arrows arrows_;
  std::uint64_t dropped_;
  std::string text_;
  bool is_stopped_ = false;
  std::unordered_map<std::uint32_t, std::vector<trace::event>>
      handed_;  // by node, until its next step
  std::unordered_map<std::uint32_t, graph_names::channel_ends> ends_;  // escaped, by channel
};

}  // namespace

void write_chrome_trace(const trace& recorded, const graph_names& names,
                        const std::function<bool(std::string_view)>& write) {
  writer(recorded, names, write).write_all();
}

}  // namespace nevaperf::runtime
