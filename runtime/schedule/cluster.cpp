#include "runtime/schedule/cluster.hpp"

namespace nevaperf::runtime {

void cluster::end(outcome how) {
  if (!ended_) ended_ = std::move(how);
  first_ready_ = last_ready_ = nullptr;
}

void cluster::fail(task& t, std::exception_ptr thrown) {
  if (ended_) return;
  failed_node_ = t.node;
  failure_ = std::move(thrown);
  end({.how = outcome::kind::failed, .status = 2, .text = {}, .failure = {}});
}

void cluster::reset() {
  first_ready_ = last_ready_ = nullptr;
  ended_.reset();
  failed_node_.reset();
  failure_ = nullptr;
}

}  // namespace nevaperf::runtime
