#include "core/measure/selection.hpp"

#include "tests/support/catch.hpp"

using namespace nevaperf::measure;

namespace {

const std::vector<std::string> micro = {"micro", "channel"};
const std::vector<std::string> graph = {"graph"};
const std::vector<selectable> all = {{"hop", micro},        {"ping_pong", micro},
                                     {"pipeline/8", micro}, {"pipeline/64", micro},
                                     {"start_up", graph},   {"start_up/process", graph}};

std::vector<std::string> selected(const std::vector<std::string>& filters) {
  const auto places = select_scenarios(all, filters);
  std::vector<std::string> names;
  if (!places) {
    names.emplace_back("error: ");
    names.front() += places.error().line();
    return names;
  }
  for (const std::size_t place : *places) names.emplace_back(all[place].name);
  return names;
}

using names = std::vector<std::string>;

}  // namespace

TEST_CASE("no filter selects all") {
  CHECK(selected({}).size() == all.size());
}

TEST_CASE("a text selects the names that contain it") {
  CHECK(selected({"pip"}) == names{"pipeline/8", "pipeline/64"});
  CHECK(selected({"PING"}) == names{"ping_pong"});
  CHECK(selected({"/"}) == names{"pipeline/8", "pipeline/64", "start_up/process"});
}

TEST_CASE("a whole name selects that one alone") {
  CHECK(selected({"start_up"}) == names{"start_up"});
  CHECK(selected({"Start_Up"}) == names{"start_up"});
  CHECK(selected({"start_u"}) == names{"start_up", "start_up/process"});
}

TEST_CASE("a pattern fits a name as a whole") {
  CHECK(selected({"pipeline/*"}) == names{"pipeline/8", "pipeline/64"});
  CHECK(selected({"pipeline/?"}) == names{"pipeline/8"});
  CHECK(selected({"*p"}) == names{"hop", "start_up"});
  CHECK(selected({"*"}).size() == all.size());
}

TEST_CASE("tags select, patterns of tags too") {
  CHECK(selected({"tag:graph"}) == names{"start_up", "start_up/process"});
  CHECK(selected({"tag:CHAN*"}).size() == 4);
  CHECK(selected({"TAG:graph"}).size() == 2);
}

TEST_CASE("several filters add up, in the order of the list") {
  CHECK(selected({"start_up", "hop", "hop"}) == names{"hop", "start_up"});
}

TEST_CASE("an empty match is an error that names the closest") {
  CHECK(selected({"hop", "pingpong"}) ==
        names{"error: filter 'pingpong': no scenario has this name (did you mean ping_pong, hop, "
              "pipeline/8; see nevaperf bench --list)"});
  CHECK(selected({"tag:mikro"}).front().find("did you mean micro") != std::string::npos);
  CHECK(selected({"zzzzzz"}) == names{"error: filter 'zzzzzz': no scenario has this name (see "
                                      "nevaperf bench --list)"});
  CHECK(selected({"pipeline"}).size() == 2);
  CHECK(selected({"hop?"}).front().starts_with("error"));
}

TEST_CASE("patterns") {
  CHECK(pattern_fits("", ""));
  CHECK_FALSE(pattern_fits("", "a"));
  CHECK(pattern_fits("***", ""));
  CHECK(pattern_fits("a*b*c", "aXbYbZc"));
  CHECK_FALSE(pattern_fits("a*b*c", "aXbYbZcd"));
  CHECK(pattern_fits("*a?", "aaaab"));
  CHECK_FALSE(pattern_fits("?", ""));
  // Without backtracking over all stars at once: linear, not exponential.
  CHECK_FALSE(pattern_fits(std::string(50, '*') + "b", std::string(10'000, 'a')));
  std::string stars;
  for (int i = 0; i < 30; ++i) stars += "*a";
  CHECK_FALSE(pattern_fits(stars + "b", std::string(5'000, 'a')));
}

TEST_CASE("closest names") {
  const std::vector<std::string_view> known = {"hop", "shop", "pipeline/8"};
  CHECK(closest_names(known, "hopp", 2) == names{"hop", "shop"});
  CHECK(closest_names(known, "hop", 1) == names{"hop"});
  CHECK(closest_names({}, "hop", 3).empty());
}
