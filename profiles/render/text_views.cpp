#include "profiles/render/text_views.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/units/format.hpp"
#include "profiles/render/amounts.hpp"
#include "profiles/render/call_tree.hpp"
#include "profiles/render/columns.hpp"
#include "profiles/render/pattern.hpp"

namespace nevaperf::profiles {

namespace {

struct function_sum {
  std::uint32_t frame = 0;
  std::int64_t flat = 0;
  std::int64_t cumulative = 0;
};

std::int64_t size_of(std::int64_t value) {
  return value < 0 ? -std::max(value, -INT64_MAX) : value;
}

std::vector<function_sum> sums_of(const stack_view& view, bool by_cumulative) {
  std::vector<function_sum> sums(view.frames.size());
  std::vector<std::size_t> seen(view.frames.size(), 0);  // the number of the last stack with it
  for (std::size_t i = 0; i < view.stacks.size(); ++i) {
    const auto calls = view.calls_of(view.stacks[i]);
    for (const std::uint32_t frame : calls) {
      if (seen[frame] == i + 1) continue;
      seen[frame] = i + 1;
      sums[frame].cumulative = add_saturated(sums[frame].cumulative, view.stacks[i].value);
    }
    if (calls.empty()) continue;
    function_sum& leaf = sums[calls.back()];
    leaf.flat = add_saturated(leaf.flat, view.stacks[i].value);
  }
  for (std::uint32_t i = 0; i < sums.size(); ++i) sums[i].frame = i;
  std::erase_if(sums, [](const function_sum& s) { return s.flat == 0 && s.cumulative == 0; });
  std::ranges::stable_sort(sums, [&](const function_sum& a, const function_sum& b) {
    const auto key = [&](const function_sum& s) {
      const auto flat = size_of(s.flat);
      const auto cumulative = size_of(s.cumulative);
      return by_cumulative ? std::pair(cumulative, flat) : std::pair(flat, cumulative);
    };
    return key(a) > key(b);
  });
  return sums;
}

std::string bar(std::int64_t value, std::int64_t largest) {
  constexpr double cells = 10;
  if (largest == 0) return {};
  const double share = static_cast<double>(size_of(value)) / static_cast<double>(largest);
  std::string made;
  for (int i = 0; i < static_cast<int>(share * cells + 0.5); ++i) made += "█";
  return made;
}

std::string amount(std::int64_t value, const stack_view& view) {
  return amount_text(value, view.unit);
}

std::string relatives(const stack_view& view, std::int64_t whole,
                      const std::map<std::uint32_t, std::int64_t>& sums) {
  std::vector<std::pair<std::uint32_t, std::int64_t>> sorted(sums.begin(), sums.end());
  std::ranges::stable_sort(sorted, std::ranges::greater(),
                           [](auto& s) { return size_of(s.second); });
  std::string text;
  for (const auto& [frame, value] : sorted)
    text += fmt::format("  {} {}    {}\n", right(amount(value, view), 10),
                        right(share_text(value, whole), 6), view.frames[frame].name);
  return text;
}

std::string peek_one(const stack_view& view, std::int64_t whole, const function_sum& sum) {
  std::map<std::uint32_t, std::int64_t> callers;
  std::map<std::uint32_t, std::int64_t> callees;
  for (const view_stack& s : view.stacks) {
    const auto calls = view.calls_of(s);
    // Of a recursive function: who called it first, whom it called last.
    const auto first = std::ranges::find(calls, sum.frame);
    if (first == calls.end()) continue;
    if (first != calls.begin()) {
      auto& caller = callers[*std::prev(first)];
      caller = add_saturated(caller, s.value);
    }
    const auto last = std::find(calls.rbegin(), calls.rend(), sum.frame);
    if (last != calls.rbegin()) {
      auto& callee = callees[*std::prev(last)];
      callee = add_saturated(callee, s.value);
    }
  }
  return relatives(view, whole, callers) +
         fmt::format("{} {}  {} (flat {})\n", right(amount(sum.cumulative, view), 12),
                     right(share_text(sum.cumulative, whole), 6), view.frames[sum.frame].name,
                     amount(sum.flat, view)) +
         relatives(view, whole, callees);
}

}  // namespace

std::string top_text(const stack_view& view, std::int64_t whole, const top_options& options) {
  const auto sums = sums_of(view, options.by_cumulative);
  const std::size_t rows = options.rows == 0 ? sums.size() : std::min(options.rows, sums.size());
  std::int64_t largest = 0;
  for (const function_sum& s : sums)
    largest = std::max(largest, size_of(options.by_cumulative ? s.cumulative : s.flat));
  std::string text = "      flat   flat%    sum%        cum    cum%\n";
  std::int64_t so_far = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    const function_sum& s = sums[i];
    so_far = add_saturated(so_far, s.flat);
    text += fmt::format("{} {} {} {} {}  {} {}\n", right(amount(s.flat, view), 10),
                        right(share_text(s.flat, whole), 7), right(share_text(so_far, whole), 7),
                        right(amount(s.cumulative, view), 10),
                        right(share_text(s.cumulative, whole), 7),
                        left(bar(options.by_cumulative ? s.cumulative : s.flat, largest), 10),
                        view.frames[s.frame].name);
  }
  if (rows < sums.size()) text += fmt::format("{} more functions\n", sums.size() - rows);
  return text;
}

std::string tree_text(const stack_view& view, std::int64_t whole) {
  constexpr double least_share = 0.01;
  const call_tree tree = make_call_tree(view);
  const auto children = children_of(tree);
  const double least = least_share * static_cast<double>(tree.nodes[0].total);
  struct place {
    std::uint32_t node;
    std::size_t depth;
  };
  std::string text = "       cum    cum%        flat\n";
  std::vector<place> todo{{0, 0}};
  std::size_t left_out = 0;
  // Deep recursion of a program must not be one here.
  while (!todo.empty()) {
    const place at = todo.back();
    todo.pop_back();
    const call_node& node = tree.nodes[at.node];
    if (static_cast<double>(node.total) < least) {
      ++left_out;
      continue;
    }
    if (at.node != 0)
      text += fmt::format("{} {}  {}  {}{}\n", right(amount(node.total, view), 10),
                          right(share_text(node.total, whole), 7),
                          right(node.self == 0 ? "" : amount(node.self, view), 10),
                          std::string(std::min<std::size_t>(2 * (at.depth - 1), 120), ' '),
                          view.frames[node.frame].name);
    const auto& below = children[at.node];
    for (auto c = below.rbegin(); c != below.rend(); ++c) todo.push_back({*c, at.depth + 1});
  }
  if (left_out > 0) text += fmt::format("{} calls below 1% are left out\n", left_out);
  if (tree.cut_stacks > 0)
    text += fmt::format("{} stacks end at a caller: the profile has too many different ones\n",
                        tree.cut_stacks);
  return text;
}

base::result<std::string> peek_text(const stack_view& view, std::int64_t whole,
                                    const std::string& pattern_text, std::size_t rows) {
  const auto wanted = pattern::make(pattern_text);
  if (!wanted) return wanted.error();
  std::string text;
  std::size_t shown = 0;
  for (const function_sum& s : sums_of(view, true)) {
    if (!wanted->found_in(view.frames[s.frame].name)) continue;
    if (rows != 0 && shown == rows) break;
    text += (shown++ == 0 ? "" : "\n") + peek_one(view, whole, s);
  }
  if (shown == 0)
    return base::error{.what = "no function matches '" + pattern_text + "'",
                       .where = {},
                       .next = "see the names with --view top --rows 0"};
  return text;
}

}  // namespace nevaperf::profiles
