#include "tests/profiles/preload/preloaded.hpp"

#include "profiles/model/stack_view.hpp"
#include "tests/support/catch.hpp"

namespace nevaperf::tests {

base::process_output run_preloaded(const std::vector<std::string>& libraries,
                                   const std::vector<std::string>& argv, variables environment) {
  std::string all;
  for (const std::string& library : libraries) all += (all.empty() ? "" : ":") + library;
  environment.emplace_back("LD_PRELOAD", all);
  base::process_options how;
  how.argv = argv;
  how.environment = std::move(environment);
  constexpr std::int64_t patience_ns = 120'000'000'000;
  auto done = base::run_process(base::real_processes(), how, "", patience_ns);
  REQUIRE(done);
  CHECK_FALSE(done->exit.killed);
  return *std::move(done);
}

std::map<std::string, double> values_under(const profiles::profile& named,
                                           const std::string& function) {
  std::map<std::string, double> sums;
  for (std::size_t type = 0; type < named.types.size(); ++type) {
    const auto view = profiles::make_stack_view(named, type);
    double& sum = sums[view.type];
    for (const profiles::view_stack& s : view.stacks)
      for (const std::uint32_t call : view.calls_of(s))
        if (view.frames[call].name.find(function) != std::string::npos) {
          sum += static_cast<double>(s.value);
          break;
        }
  }
  return sums;
}

}  // namespace nevaperf::tests
