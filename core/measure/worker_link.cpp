#include "core/measure/worker_link.hpp"

#include <algorithm>

#include "core/units/format.hpp"

namespace nevaperf::measure {

namespace {

using model::scenario_status;

// How often a wait looks whether the user wants to stop.
constexpr std::int64_t glance_ns = 100'000'000;
// For a worker that has nothing left to do.
constexpr std::int64_t end_timeout_ns = 5'000'000'000;

std::string_view last_line(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) {
    text.remove_suffix(1);
  }
  const std::size_t start = text.rfind('\n');
  return start == std::string_view::npos ? text : text.substr(start + 1);
}

std::string seconds_text(std::int64_t ns) {
  return units::format_elapsed(units::nanoseconds(static_cast<double>(ns)));
}

}  // namespace

worker_result<worker_link> worker_link::start(worker_world& world,
                                              const base::process_options& options,
                                              const std::string& scenario) {
  auto process = world.processes.start(options);
  if (!process) return worker_failure{scenario_status::failed, process.error().line()};
  worker_link link(world, *std::move(process));
  auto line = link.read_line();
  if (auto* failure = std::get_if<worker_failure>(&line)) return *failure;
  const auto hello = read_greeting(std::get<std::string>(line));
  if (!hello) return link.nonsense(hello.error());
  if (hello->scenario != scenario) {
    return link.nonsense({.what = "it runs '" + hello->scenario + "', not '" + scenario + "'",
                          .where = "",
                          .next = ""});
  }
  link.more_ = hello->more;
  return link;
}

worker_result<worker_link::timed_slice> worker_link::run(std::uint64_t iterations) {
  const std::int64_t start_ns = world_->clock.monotonic_ns();
  auto got = ask({request::kind::run, iterations});
  if (auto* failure = std::get_if<worker_failure>(&got)) return *failure;
  const auto* measured = std::get_if<slice>(&std::get<answer>(got));
  if (measured == nullptr) {
    return nonsense({.what = "it answered 'run' with no slice", .where = "", .next = ""});
  }
  return timed_slice{*measured, world_->clock.monotonic_ns() - start_ns};
}

template <class T>
worker_result<std::variant<T, no_counts>> worker_link::ask_for(const request& wanted) {
  using wanted_answer = std::variant<T, no_counts>;
  auto got = ask(wanted);
  if (auto* failure = std::get_if<worker_failure>(&got)) return *failure;
  const answer& said = std::get<answer>(got);
  if (const auto* value = std::get_if<T>(&said)) return wanted_answer(*value);
  if (const auto* none = std::get_if<no_counts>(&said)) return wanted_answer(*none);
  return nonsense(
      {.what = std::string("it answered '") + to_text(wanted.what) + "' with something else",
       .where = "",
       .next = ""});
}

worker_result<worker_link::count_answer> worker_link::count(std::uint64_t iterations) {
  return ask_for<allocation_counts>({request::kind::count, iterations});
}

worker_result<worker_link::usage_answer> worker_link::usage(std::uint64_t iterations) {
  return ask_for<system_usage>({request::kind::usage, iterations});
}

worker_result<worker_link::instruction_answer> worker_link::instructions(std::uint64_t iterations) {
  return ask_for<instruction_count>({request::kind::instructions, iterations});
}

bool worker_link::answers(request::kind what) const {
  return what == request::kind::run || what == request::kind::count ||
         std::find(more_.begin(), more_.end(), to_text(what)) != more_.end();
}

worker_result<base::exit_report> worker_link::finish() {
  process_->close_input();
  const base::exit_report how = process_->wait(end_timeout_ns);
  if (how.clean()) return how;
  if (how.killed) {
    return worker_failure{
        scenario_status::timed_out,
        with_last_words("its worker did not end within " + seconds_text(end_timeout_ns))};
  }
  return worker_failure{how.signal != 0 ? scenario_status::crashed : scenario_status::failed,
                        with_last_words(how.words())};
}

worker_result<std::string> worker_link::read_line() {
  const std::int64_t until_ns = world_->clock.monotonic_ns() + world_->answer_timeout_ns;
  while (true) {
    const std::int64_t left_ns = until_ns - world_->clock.monotonic_ns();
    const auto got = process_->read_line(std::clamp<std::int64_t>(left_ns, 0, glance_ns));
    switch (got.what) {
      case base::read_outcome::kind::line:
        return got.text;
      case base::read_outcome::kind::end:
        return ended();
      case base::read_outcome::kind::failure:
        return nonsense({.what = got.text, .where = "", .next = ""});
      case base::read_outcome::kind::timeout:
        break;
    }
    if (world_->stop_wanted && world_->stop_wanted()) {
      process_->kill();
      return worker_failure{scenario_status::skipped, "interrupted", true};
    }
    if (left_ns <= 0) return silence();
  }
}

worker_result<answer> worker_link::ask(const request& wanted) {
  if (auto sent = process_->write(write_request(wanted), world_->answer_timeout_ns); !sent) {
    return ended();
  }
  auto line = read_line();
  if (auto* failure = std::get_if<worker_failure>(&line)) return *failure;
  auto said = read_answer(std::get<std::string>(line));
  if (!said) return nonsense(said.error());
  if (const auto* failure = std::get_if<scenario_failure>(&*said)) {
    return worker_failure{scenario_status::failed, failure->what};
  }
  return *std::move(said);
}

worker_failure worker_link::silence() {
  process_->kill();
  process_->wait(end_timeout_ns);
  return {scenario_status::timed_out,
          with_last_words("no answer within " + seconds_text(world_->answer_timeout_ns) +
                          " (give it more with --timeout)")};
}

// It closed its output, or does not read any more: it is ending or has ended.
worker_failure worker_link::ended() {
  const base::exit_report how = process_->wait(end_timeout_ns);
  const std::string why = how.clean()
                              ? "its process ended in the middle of the work (exit status 0)"
                          : how.killed ? "its process closed its output and did not end"
                                       : how.words();
  return {how.signal != 0 && !how.killed ? scenario_status::crashed : scenario_status::failed,
          with_last_words(why)};
}

worker_failure worker_link::nonsense(const base::error& problem) {
  process_->kill();
  process_->wait(end_timeout_ns);
  return {scenario_status::failed,
          with_last_words("its worker broke the protocol: " + problem.line())};
}

std::string worker_link::with_last_words(std::string why) const {
  const std::string errors = process_->error_text();
  const std::string_view line = last_line(errors);
  if (!line.empty()) why += ": " + std::string(line.substr(0, 300));
  return why;
}

}  // namespace nevaperf::measure
