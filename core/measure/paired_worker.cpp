#include "core/measure/paired_worker.hpp"

#include <utility>

#include "core/measure/find_iterations.hpp"

namespace nevaperf::measure {

namespace {

// Beyond it warm-up and turns cost more than they give.
constexpr double long_slice_seconds = 0.1;

worker_result<worker_link> start(worker_world& world, const std::string& name,
                                 const std::vector<std::string>& command, std::size_t padding_bytes,
                                 std::optional<int> cpu) {
  base::process_options process;
  process.argv = command;
  process.environment = {{"NEVAPERF_PADDING", std::string(padding_bytes, '.')}};
  process.cpu = cpu;
  return worker_link::start(world, process, name);
}

struct running_side {
  std::optional<worker_link> worker;
  double seconds = 0;
  double operations = 0;
};

// Nothing if all is well.
std::optional<worker_failure> take_slice(running_side& side, std::uint64_t iterations,
                                         bool is_kept) {
  auto got = side.worker->run(iterations);
  if (auto* failure = std::get_if<worker_failure>(&got)) return std::move(*failure);
  const slice& measured = std::get<worker_link::timed_slice>(got).measured;
  if (!is_kept) return std::nullopt;
  side.seconds += measured.real_seconds;
  side.operations += static_cast<double>(measured.iterations);
  return std::nullopt;
}

}  // namespace

worker_result<slice_plan> plan_slices(worker_world& world, const std::string& name,
                                      const std::vector<std::string>& command,
                                      const pair_chances& chances, std::int64_t slice_ns) {
  auto started = start(world, name, command, chances.padding_bytes[0], chances.cpu);
  if (auto* failure = std::get_if<worker_failure>(&started)) return std::move(*failure);
  auto& worker = std::get<worker_link>(started);
  auto found = find_iterations(worker, slice_ns);
  if (auto* failure = std::get_if<worker_failure>(&found)) return std::move(*failure);
  const auto& [iterations, slice_wall_ns] = std::get<found_iterations>(found);
  auto ended = worker.finish();
  if (auto* failure = std::get_if<worker_failure>(&ended)) return std::move(*failure);
  return slice_plan{.iterations = iterations,
                    .is_long = static_cast<double>(slice_wall_ns) * 1e-9 > long_slice_seconds};
}

pair_result run_pair(worker_world& world, const std::string& name,
                     const std::array<const std::vector<std::string>*, 2>& commands,
                     const slice_plan& plan, const pair_chances& chances) {
  const std::size_t first = chances.second_starts ? 1 : 0;
  const std::size_t second = 1 - first;
  std::array<running_side, 2> sides;
  for (const std::size_t i : {first, second}) {
    auto started = start(world, name, *commands[i], chances.padding_bytes[i], chances.cpu);
    if (auto* failure = std::get_if<worker_failure>(&started)) {
      return pair_failure{i, std::move(*failure)};
    }
    sides[i].worker = std::move(std::get<worker_link>(started));
  }
  struct turn {
    std::size_t side;
    bool is_kept;
  };
  const std::vector<turn> turns =
      plan.is_long ? std::vector<turn>{{first, true}, {second, true}}
                   : std::vector<turn>{{first, false}, {second, false}, {first, true},
                                       {second, true}, {second, true},  {first, true}};
  for (const turn& one : turns) {
    if (auto failure = take_slice(sides[one.side], plan.iterations, one.is_kept)) {
      return pair_failure{one.side, *std::move(failure)};
    }
  }
  pair_times out;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    auto ended = sides[i].worker->finish();
    if (auto* failure = std::get_if<worker_failure>(&ended)) {
      return pair_failure{i, std::move(*failure)};
    }
    out.seconds[i] = sides[i].seconds / sides[i].operations;
    if (!(out.seconds[i] > 0)) {
      return pair_failure{i, {model::scenario_status::failed, "it measured no time", false}};
    }
  }
  return out;
}

}  // namespace nevaperf::measure
