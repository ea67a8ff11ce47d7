#include "runtime/port/ports.hpp"

#include "runtime/message/text.hpp"

namespace nevaperf::runtime {

namespace {

constexpr std::size_t longest_shown_value = 80;

std::string article_and_name(kind k) {
  const std::string name(name_of(k));
  return (k == kind::integer ? "an " : "a ") + name;
}

}  // namespace

void throw_unexpected(const channel* at, std::string_view expected, const message& m) {
  std::string got = "nothing";
  if (m) {
    got = article_and_name(m.kind_of()) + " ";
    std::string text = text_of(m);
    if (text.size() > longest_shown_value) {
      text.resize(longest_shown_value);
      text += "...";
    }
    got += text;
  }
  throw unexpected_value{at, std::string(expected), std::move(got)};
}

void input::throw_wrong_kind(kind k, const message& m) const {
  throw_unexpected(channel_, article_and_name(k), m);
}

namespace detail {

namespace {

// As start_receive and start_send, for one of several channels.
bool start_receive_slot(channel& c, task& t, message& into) noexcept {
  if (c.is_special()) return !special_receive_slot(c, t, into);
  c.park_receiver(t, into);
  return true;
}

bool start_send_slot(channel& c, task& t) noexcept {
  if (c.is_special()) return !special_send_slot(c, t);
  c.park_sender(t);
  return true;
}

}  // namespace

bool start_receive_all(task& t, std::span<channel* const> from, message* into) noexcept {
  std::uint32_t missing = 0;
  for (channel* c : from) {
    if (!c->take(*into) && start_receive_slot(*c, t, *into)) ++missing;
    ++into;
  }
  t.outstanding = missing;
  return missing != 0;
}

bool start_send_all(task& t, std::span<channel* const> to, const message& m) noexcept {
  std::uint32_t missing = 0;
  for (channel* c : to) {
    message copy(m);
    if (c->hand_over(copy)) continue;
    std::construct_at(&c->value, std::move(copy));
    if (start_send_slot(*c, t)) ++missing;
  }
  t.outstanding = missing;
  return missing != 0;
}

}  // namespace detail

}  // namespace nevaperf::runtime
