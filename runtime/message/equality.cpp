// Equality walks two values side by side. What is nested waits on an explicit stack, one frame a
// level, so depth costs memory, never the stack of the thread; flat values cost no memory at all.
//
// The same payload is equal to itself only if it cannot hold a NaN.
#include <array>
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

class comparison {
 public:
  bool run(const message& a, const message& b) {
    if (!compare(a, b)) return false;
    while (depth_ != 0) {
      frame& top = at(depth_ - 1);
      if (top.left == 0) {
        --depth_;
        continue;
      }
      --top.left;
      const message& x = *top.a++;
      const message& y = *top.b++;
      if (!compare(x, y)) return false;  // may push: `top` is not valid any more
    }
    return true;
  }

 private:
  // False if the two differ for sure; what lies deeper is pushed.
  bool compare(const message& a, const message& b) {
    const payload* const p = a.shared_payload();
    const payload* const q = b.shared_payload();
    if (!p && !q) return detail::equal_words(a, b);
    if (a.kind_of() != b.kind_of()) return false;
    // a short text may have a payload all the same
    if (a.is(kind::string)) return a.as_string() == b.as_string();
    if (!p || !q) return false;
    // same kind, and of unions the same tag and kind of data
    return a.first_word() == b.first_word() && compare_payloads(*p, *q);
  }

  bool compare_payloads(const payload& p, const payload& q) {
    switch (p.type) {
      case payload_type::string:
      case payload_type::bytes:
        return &p == &q || static_cast<const text_payload&>(p).view() ==
                               static_cast<const text_payload&>(q).view();
      case payload_type::list:
        return compare_lists(static_cast<const list_payload&>(p),
                             static_cast<const list_payload&>(q));
      case payload_type::dict: {
        // entries are sorted by key: keys and values in turn
        const auto& d = static_cast<const dict_payload&>(p);
        const auto& e = static_cast<const dict_payload&>(q);
        return d.size == e.size && push({&d.entries()->key, &e.entries()->key, 2 * d.size});
      }
      case payload_type::structure: {
        const auto& s = static_cast<const structure_payload&>(p);
        const auto& t = static_cast<const structure_payload&>(q);
        return s.form == t.form && push({s.values(), t.values(), s.form->fields().size()});
      }
      case payload_type::boxed:
        break;
    }
    return push({&static_cast<const boxed_payload&>(p).inner,
                 &static_cast<const boxed_payload&>(q).inner, 1});
  }

  bool compare_lists(const list_payload& l, const list_payload& r) {
    if (l.size != r.size) return false;
    if (l.elements != r.elements) return compare_mixed(l, r);
    switch (l.elements) {
      case element::boolean:
      case element::integer:
        return l.data == r.data || std::memcmp(l.data, r.data, l.size * bytes_of(l.elements)) == 0;
      case element::floating:
        for (std::size_t i = 0; i < l.size; ++i)
          if (l.as<double>()[i] != r.as<double>()[i]) return false;
        return true;
      case element::general:
        break;
    }
    return push({l.as<message>(), r.as<message>(), l.size});
  }

  // Different storage: equal only if one is general and holds nothing but the scalars of the other.
  bool compare_mixed(const list_payload& l, const list_payload& r) {
    if (l.elements != element::general && r.elements != element::general) return false;
    for (std::size_t i = 0; i < l.size; ++i) {
      const message x = element_at(l, i);
      const message y = element_at(r, i);
      if (x.shared_payload() || y.shared_payload() || !detail::equal_words(x, y)) return false;
    }
    return true;
  }

  bool push(frame f) {
    if (depth_ < few_.size())
      few_[depth_] = f;
    else
      many_.resize(depth_ - few_.size()), many_.push_back(f);
    ++depth_;
    return true;
  }

  frame& at(std::size_t depth) {
    return depth < few_.size() ? few_[depth] : many_[depth - few_.size()];
  }

  std::array<frame, 16> few_;
  std::vector<frame> many_;
  std::size_t depth_ = 0;
};

}  // namespace

bool detail::equal_payloads(const message& a, const message& b) {
  comparison c;
  return c.run(a, b);
}

}  // namespace nevaperf::runtime
