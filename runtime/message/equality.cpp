// Equality walks two values side by side. What is nested waits on an explicit stack, one frame a
// level, so depth costs memory, never the stack of the thread. Runs of values without payload,
// which is what most containers hold, are compared in one loop before there is a stack at all.
//
// The same payload is equal to itself only if it cannot hold a NaN.
#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

#include "runtime/message/containers.hpp"
#include "runtime/message/list_payload.hpp"
#include "runtime/message/message.hpp"
#include "runtime/message/structure.hpp"

namespace nevaperf::runtime {
namespace {

// Two runs of messages that are still to be compared.
struct frame {
  const message* a;
  const message* b;
  std::size_t left;
};

enum class verdict { different, same, deeper };

verdict verdict_of(bool same) {
  return same ? verdict::same : verdict::different;
}

// Two messages of which neither has a payload: bit 7 of the first word (message.hpp) is in none.
bool are_flat(const message& x, const message& y) {
  constexpr std::uint64_t payload_bit = 0x80;
  return ((x.first_word() | y.first_word()) & payload_bit) == 0;
}

// Compares up to the first pair of which one has a payload: `deeper`, and `f` begins there.
verdict skip_flat(frame& f) {
  const std::size_t count = f.left;
  std::size_t i = 0;
  while (i < count && are_flat(f.a[i], f.b[i])) {
    if (!detail::equal_words(f.a[i], f.b[i])) return verdict::different;
    ++i;
  }
  f = {f.a + i, f.b + i, count - i};
  return i == count ? verdict::same : verdict::deeper;
}

verdict compare_runs(frame f, frame& rest) {
  const verdict v = skip_flat(f);
  if (v == verdict::deeper) rest = f;
  return v;
}

// Different storage: equal only if one is general and holds nothing but the scalars of the other.
bool equal_mixed(const list_payload& l, const list_payload& r) {
  if (l.elements != element::general && r.elements != element::general) return false;
  for (std::size_t i = 0; i < l.size; ++i) {
    const message x = element_at(l, i);
    const message y = element_at(r, i);
    if (x.shared_payload() || y.shared_payload() || !detail::equal_words(x, y)) return false;
  }
  return true;
}

bool equal_floats(const list_payload& l, const list_payload& r) {
  for (std::size_t i = 0; i < l.size; ++i)
    if (l.as<double>()[i] != r.as<double>()[i]) return false;
  return true;
}

verdict compare_lists(const list_payload& l, const list_payload& r, frame& rest) {
  if (l.size != r.size) return verdict::different;
  if (l.elements != r.elements) return verdict_of(equal_mixed(l, r));
  switch (l.elements) {
    case element::boolean:
    case element::integer:
      return verdict_of(l.data == r.data ||
                        std::memcmp(l.data, r.data, l.size * bytes_of(l.elements)) == 0);
    case element::floating:
      return verdict_of(equal_floats(l, r));
    case element::general:
      break;
  }
  return compare_runs({l.as<message>(), r.as<message>(), l.size}, rest);
}

// Of one kind; of unions also of the same tag and kind of data.
verdict compare_payloads(const payload& p, const payload& q, frame& rest) {
  switch (p.type) {
    case payload_type::string:
    case payload_type::bytes:
      return verdict_of(&p == &q || static_cast<const text_payload&>(p).view() ==
                                        static_cast<const text_payload&>(q).view());
    case payload_type::list:
      return compare_lists(static_cast<const list_payload&>(p), static_cast<const list_payload&>(q),
                           rest);
    case payload_type::dict: {
      // entries are sorted by key: keys and values in turn
      const auto& d = static_cast<const dict_payload&>(p);
      const auto& e = static_cast<const dict_payload&>(q);
      if (d.size != e.size) return verdict::different;
      return compare_runs({&d.entries()->key, &e.entries()->key, 2 * d.size}, rest);
    }
    case payload_type::structure: {
      const auto& s = static_cast<const structure_payload&>(p);
      const auto& t = static_cast<const structure_payload&>(q);
      if (s.form != t.form) return verdict::different;
      return compare_runs({s.values(), t.values(), s.form->fields().size()}, rest);
    }
    case payload_type::boxed:
      break;
  }
  return compare_runs(
      {&static_cast<const boxed_payload&>(p).inner, &static_cast<const boxed_payload&>(q).inner, 1},
      rest);
}

// `deeper`: equal up to `rest`.
verdict compare(const message& a, const message& b, frame& rest) {
  const payload* const p = a.shared_payload();
  const payload* const q = b.shared_payload();
  if (p && q && a.first_word() == b.first_word()) return compare_payloads(*p, *q, rest);
  if (!p && !q) return verdict_of(detail::equal_words(a, b));
  // a short text may have a payload all the same
  if (a.is(kind::string) && b.is(kind::string)) return verdict_of(a.as_string() == b.as_string());
  return verdict::different;
}

class frame_stack {
 public:
  [[nodiscard]] bool empty() const { return depth_ == 0; }
  [[nodiscard]] frame& top() {
    return depth_ <= few_.size() ? few_[depth_ - 1] : many_[depth_ - 1 - few_.size()];
  }
  void pop() { --depth_; }
  void push(const frame& f) {
    if (depth_ < few_.size())
      few_[depth_] = f;
    else
      many_.resize(depth_ - few_.size()), many_.push_back(f);
    ++depth_;
  }

 private:
  std::array<frame, 16> few_;
  std::vector<frame> many_;
  std::size_t depth_ = 0;
};

// Not inline: it would cost flat values its stack.
[[gnu::noinline]] bool compare_deeper(const frame& first) {
  frame_stack stack;
  stack.push(first);
  while (!stack.empty()) {
    frame& f = stack.top();
    const verdict v = skip_flat(f);
    if (v == verdict::different) return false;
    if (v == verdict::same) {
      stack.pop();
      continue;
    }
    const message& x = *f.a++;
    const message& y = *f.b++;
    --f.left;
    frame rest{};
    const verdict inner = compare(x, y, rest);
    if (inner == verdict::different) return false;
    if (inner == verdict::deeper) stack.push(rest);  // `f` is not valid any more
  }
  return true;
}

}  // namespace

bool detail::equal_payloads(const message& a, const message& b) {
  frame rest{};
  const verdict v = compare(a, b, rest);
  return v == verdict::deeper ? compare_deeper(rest) : v == verdict::same;
}

}  // namespace nevaperf::runtime
