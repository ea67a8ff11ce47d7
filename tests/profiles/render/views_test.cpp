// All views of one small profile, whose sums are seen at a glance.
#include <array>
#include <nlohmann/json.hpp>

#include "profiles/model/profile_builder.hpp"
#include "profiles/render/call_tree.hpp"
#include "profiles/render/exports.hpp"
#include "profiles/render/filter.hpp"
#include "profiles/render/flame_graph.hpp"
#include "profiles/render/text_views.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::profiles;

namespace {

constexpr const char* hostile = "</script><b>\x1b[31m\xff";

// main -> work -> sum (6), main -> work -> work (3, recursive), main -> HOSTILE (1)
profile small() {
  profile_builder made;
  made.add_type("samples", "count");
  const location_id root = made.add_named_location("main");
  const location_id work = made.add_named_location("work");
  const location_id sum = made.add_named_location("sum");
  const location_id odd = made.add_named_location(hostile);
  const label node{.key = made.text("node"), .text = made.text("adder")};
  const label size{.key = made.text("bytes"), .number = 64};
  made.add_sample(std::array{sum, work, root}, std::array<std::int64_t, 1>{6}, std::array{node});
  made.add_sample(std::array{work, work, root}, std::array<std::int64_t, 1>{3}, std::array{size});
  made.add_sample(std::array{odd, root}, std::array<std::int64_t, 1>{1});
  return std::move(made).build();
}

std::int64_t left(const filter& wanted) {
  profile p = small();
  REQUIRE(apply(wanted, p));
  CHECK(validate(p));
  return totals(p)[0];
}

nlohmann::json data_of(const std::string& html) {
  const std::string start = R"(<script type="application/json" id="data">)";
  const std::size_t first = html.find(start) + start.size();
  return nlohmann::json::parse(html.substr(first, html.find("</script>", first) - first));
}

}  // namespace

TEST_CASE("filters keep the samples that match all patterns") {
  CHECK(left({}) == 10);
  CHECK(left({.focus = {"work"}}) == 9);
  CHECK(left({.focus = {"work", "^sum$"}}) == 6);
  CHECK(left({.ignore = {"sum"}}) == 4);
  CHECK(left({.tag_focus = {"node=add"}}) == 6);
  CHECK(left({.tag_focus = {"64"}}) == 3);
  CHECK(left({.tag_focus = {"bytes=add"}}) == 0);
  CHECK(left({.tag_ignore = {"node=."}}) == 4);
  profile p = small();
  const auto bad = apply({.focus = {"("}}, p);
  REQUIRE_FALSE(bad);
  CHECK(bad.error().what.find("bad regular expression '('") == 0);
}

TEST_CASE("top counts a recursive function once") {
  const std::string text = top_text(make_stack_view(small(), 0), 10, {});
  CHECK(text.find("         3     30%     90%          9     90%  █████      work\n") !=
        std::string::npos);
  CHECK(text.find("         0      0%    100%         10    100%             main\n") !=
        std::string::npos);
  const std::string one = top_text(make_stack_view(small(), 0), 10, {.rows = 1});
  CHECK(one.find("3 more functions") != std::string::npos);
}

TEST_CASE("names from outside cannot control a terminal") {
  const stack_view view = make_stack_view(small(), 0);
  for (const std::string& text :
       {top_text(view, 10, {}), tree_text(view, 10), *peek_text(view, 10, "", 0)})
    CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("the call tree sums from its leaves") {
  const call_tree tree = make_call_tree(make_stack_view(small(), 0));
  REQUIRE(tree.nodes.size() == 6);
  CHECK(tree.nodes[0].total == 10);
  CHECK(tree.nodes[2].total == 9);
  CHECK(tree.nodes[2].self == 0);
}

TEST_CASE("a call tree that grows too large ends stacks at a caller, and says so") {
  const call_tree tree = make_call_tree(make_stack_view(small(), 0), 3);
  CHECK(tree.nodes.size() == 3);
  CHECK(tree.nodes[0].total == 10);
  CHECK(tree.nodes[2].self == 9);
  CHECK(tree.cut_stacks == 3);
}

TEST_CASE("peek shows callers, the function, callees") {
  const auto text = peek_text(make_stack_view(small(), 0), 10, "^work$", 0);
  REQUIRE(text);
  CHECK(*text ==
        "           9    90%    main\n"
        "           9    90%  work (flat 3)\n"
        "           6    60%    sum\n");
  CHECK_FALSE(peek_text(make_stack_view(small(), 0), 10, "nothing", 0));
}

TEST_CASE("folded stacks and speedscope hold every value") {
  const stack_view view = make_stack_view(small(), 0);
  CHECK(folded_text(view).find("main;work;sum 6\nmain;work;work 3\n") != std::string::npos);
  const auto document = nlohmann::json::parse(speedscope_json({&view, 1}, "t"));
  const auto& only = document["profiles"][0];
  CHECK(only["endValue"] == 10);
  CHECK(only["samples"].size() == only["weights"].size());
  CHECK(document["shared"]["frames"][only["samples"][0][2].get<std::size_t>()]["name"] == "sum");
}

TEST_CASE("the flame graph is one page that holds its data and nothing outside") {
  const std::string html = flame_graph_html(make_stack_view(small(), 0), "<title>");
  CHECK(html.find("http://") == std::string::npos);
  CHECK(html.find("https://") == std::string::npos);
  const auto data = data_of(html);
  CHECK(data["title"] == "<title>");
  CHECK(data["calls"].size() == 3 * 6);
  CHECK(data["calls"][2] == 10);
  bool kept = false;
  for (const auto& frame : data["frames"])
    kept = kept || frame[0].get<std::string>().find("</script><b>?[31m") == 0;
  CHECK(kept);
}
