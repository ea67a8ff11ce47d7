// How a run of a program ended.
#pragma once

#include <string>

#include "core/base/error.hpp"

namespace nevaperf::runtime {

struct outcome {
  enum class kind {
    stopped,     // a message reached out:stop
    panicked,    // a panic node got a message: `text`
    exited,      // os_exit: `status`
    failed,      // a node met something impossible: `failure`
    deadlocked,  // nothing can run any more: `text` is the report
    cancelled,   // the caller gave up
  };
  kind how = kind::stopped;
  int status = 0;  // the exit status of a process that ran just this program
  std::string text;
  base::error failure;
};

}  // namespace nevaperf::runtime
