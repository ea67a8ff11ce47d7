// The worker's side of the protocol: serves one scenario until its input ends.
//
// Thread safety: one server a process, owner only.
#pragma once

#include <functional>
#include <string>

#include "core/base/error.hpp"
#include "core/measure/protocol.hpp"
#include "core/measure/scenario.hpp"

namespace nevaperf::measure {

// Takes standard input and output for the protocol: the scenario sees /dev/null instead, so that
// what it prints or reads cannot disturb. Returns at the end of the input; the error is a broken
// channel. `tool` is the version for the greeting.
// NEVAPERF_INJECT adds known work (injected_work.hpp).
[[nodiscard]] base::result<void> serve_scenario(const scenario& what, const std::string& tool);

// The same with whatever answers: greets, then gives each request to `serve`.
[[nodiscard]] base::result<void> serve_requests(const greeting& hello,
                                                const std::function<answer(const request&)>& serve);

}  // namespace nevaperf::measure
