#include "core/base/clock.hpp"
#include "core/base/process.hpp"

namespace nevaperf::base {

result<process_output> run_process(process_launcher& launcher, const process_options& options,
                                   std::string_view input, std::int64_t timeout_ns) {
  const std::int64_t start_ns = system_clock().monotonic_ns();
  const auto left_ns = [&] {
    if (timeout_ns == forever) return forever;
    const std::int64_t left = timeout_ns - (system_clock().monotonic_ns() - start_ns);
    return left > 0 ? left : 0;
  };
  auto started = launcher.start(options);
  if (!started) return started.error();
  child& running = **started;
  if (!input.empty()) {
    // A program that does not want its input is no failure: what it did tells by its status.
    (void)running.write(input, left_ns());
  }
  running.close_input();

  process_output output;
  while (true) {
    read_outcome got = running.read_line(left_ns());
    if (got.what == read_outcome::kind::line) {
      output.out += got.text;
      output.out += '\n';
      if (output.out.size() > options.output_limit_bytes) {
        got = {read_outcome::kind::failure, "more output than the limit"};
      }
    }
    if (got.what == read_outcome::kind::failure) {
      running.kill();
      return error{.what = got.text, .where = options.argv.front(), .next = ""};
    }
    if (got.what != read_outcome::kind::line) break;
  }
  output.exit = running.wait(left_ns());
  output.err = running.error_text();
  return output;
}

}  // namespace nevaperf::base
