// Child processes that follow a script and spend time only on a manual clock.
//
// Thread safety: owner only.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "core/base/process.hpp"
#include "tests/support/manual_clock.hpp"

namespace nevaperf::tests {

struct child_script {
  std::deque<std::string> lines;  // what it says unasked
  // Answers to what is written to it, appended to `lines`.
  std::function<std::vector<std::string>(std::string_view written)> answer;
  std::int64_t line_ns = 1'000;  // the time that each line takes
  bool hangs = false;            // after its lines it stays silent instead of ending
  std::string errors;            // its standard error
  base::exit_report exit;
};

class fake_child final : public base::child {
 public:
  fake_child(child_script script, manual_clock& clock)
      : script_(std::move(script)), clock_(clock) {}

  base::read_outcome read_line(std::int64_t timeout_ns) override {
    if (script_.lines.empty()) {
      if (!script_.hangs || killed_) return {base::read_outcome::kind::end, ""};
      if (timeout_ns > 0) clock_.advance_ns(timeout_ns);
      return {base::read_outcome::kind::timeout, ""};
    }
    clock_.advance_ns(script_.line_ns);
    std::string line = std::move(script_.lines.front());
    script_.lines.pop_front();
    return {base::read_outcome::kind::line, std::move(line)};
  }

  base::result<void> write(std::string_view text, std::int64_t) override {
    if (script_.answer) {
      for (std::string& line : script_.answer(text)) script_.lines.push_back(std::move(line));
    }
    return {};
  }

  void close_input() override {}

  base::exit_report wait(std::int64_t timeout_ns) override {
    if (script_.hangs && !killed_) {
      if (timeout_ns > 0) clock_.advance_ns(timeout_ns);
      kill();
    }
    return script_.exit;
  }

  void kill() override {
    killed_ = true;
    script_.exit = {.status = 0, .signal = 9, .killed = true, .used = {}};
  }

  [[nodiscard]] std::string error_text() const override { return script_.errors; }
  [[nodiscard]] std::int64_t pid() const override { return 4711; }

 private:
  child_script script_;
  manual_clock& clock_;
  bool killed_ = false;
};

class fake_launcher final : public base::process_launcher {
 public:
  using script_maker = std::function<base::result<child_script>(const base::process_options&)>;

  fake_launcher(manual_clock& clock, script_maker make) : clock_(clock), make_(std::move(make)) {}

  base::result<std::unique_ptr<base::child>> start(const base::process_options& options) override {
    started.push_back(options);
    auto script = make_(options);
    if (!script) return script.error();
    return std::unique_ptr<base::child>(std::make_unique<fake_child>(std::move(*script), clock_));
  }

  std::vector<base::process_options> started;

 private:
  manual_clock& clock_;
  script_maker make_;
};

}  // namespace nevaperf::tests
