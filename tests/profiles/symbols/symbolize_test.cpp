// Names and lines of real libraries, built with and without debug data.
#include "profiles/symbols/symbolize.hpp"

#include <dlfcn.h>

#include <fstream>
#include <sstream>

#include "profiles/model/profile_builder.hpp"
#include "profiles/pprof/memory_map.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace nevaperf::profiles;

namespace {

const std::string folder = NEVAPERF_SAMPLES;

// The place that the sample library at `path` says it was called from, with the maps of this
// process.
struct place {
  std::string maps;
  std::uint64_t address = 0;  // a return address
};

place place_in(const std::string& path) {
  void* const library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  INFO(path);
  REQUIRE(library != nullptr);
  const auto find = reinterpret_cast<void* (*)()>(::dlsym(library, "nevaperf_sample_place"));
  REQUIRE(find != nullptr);
  place made;
  made.address = reinterpret_cast<std::uint64_t>(find());
  std::stringstream text;
  text << std::ifstream("/proc/self/maps").rdbuf();
  made.maps = text.str();
  ::dlclose(library);
  return made;
}

profile profile_at(const place& at) {
  profile_builder made;
  made.add_type("samples", "count");
  memory_map map(made, at.maps);
  const std::vector<std::uint64_t> stack{at.address};
  made.add_sample(map.locate_stack(stack, false), std::vector<std::int64_t>{1});
  return std::move(made).build();
}

struct shown_line {
  std::string name;
  std::string file;
  std::int64_t line;
};

std::vector<shown_line> lines_of(const profile& p) {
  REQUIRE(validate(p));
  std::vector<shown_line> all;
  for (const line& l : p.locations[p.stacks[0].index()].lines) {
    const function& f = p.functions[l.function.index()];
    all.push_back({p.text(f.name), p.text(f.file), l.number});
  }
  return all;
}

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

void check_full(const std::vector<shown_line>& lines) {
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].name.find("inlined_call") != std::string::npos);
  CHECK(ends_with(lines[0].file, "tests/profiles/symbols/sample.cpp"));
  CHECK(lines[0].line == 12);
  CHECK(lines[1].name == "nevaperf_sample::outer_function");
  CHECK(ends_with(lines[1].file, "tests/profiles/symbols/sample.cpp"));
  CHECK(lines[1].line == 20);
}

}  // namespace

TEST_CASE("functions, inlined calls and lines are found") {
  const auto variant = GENERATE(as<std::string>(), "dwarf5", "dwarf4", "short", "linked");
  profile p = profile_at(place_in(folder + "/libsample_" + variant + ".so"));
  symbolizer names;
  CHECK(names.add_names(p).empty());
  INFO(variant);
  check_full(lines_of(p));
  const mapping& m = p.mappings[p.locations[p.stacks[0].index()].map.index()];
  CHECK(m.has_functions);
  CHECK(m.has_line_numbers);
  CHECK(!p.text(m.build_id).empty());
}

TEST_CASE("a stripped library keeps what it exports, and nothing beside it") {
  profile p = profile_at(place_in(folder + "/libsample_stripped.so"));
  symbolizer names;
  CHECK(names.add_names(p).empty());
  const auto lines = lines_of(p);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].name == "nevaperf_sample::outer_function");
  CHECK(lines[0].line == 0);

  // Past the end of the last function: no name, though there are names before.
  place at = place_in(folder + "/libsample_stripped.so");
  profile beside = profile_at({at.maps, at.address + 300});
  names.add_names(beside);
  CHECK(lines_of(beside).empty());
}

TEST_CASE("a file that is gone or was replaced gives no names") {
  const nevaperf::tests::temporary_folder place_of_files;
  const std::string copy = place_of_files / "lib.so";
  std::filesystem::copy_file(folder + "/libsample_dwarf5.so", copy);
  const place at = place_in(copy);

  profile replaced = profile_at(at);
  for (mapping& m : replaced.mappings) {
    replaced.texts.emplace_back("0123456789abcdef");
    m.build_id = text_id(static_cast<std::uint32_t>(replaced.texts.size() - 1));
  }
  symbolizer first;
  auto doubts = first.add_names(replaced);
  REQUIRE(doubts.size() == 1);
  CHECK(doubts[0].code == "replaced-file");
  CHECK(lines_of(replaced).empty());

  std::ofstream(copy) << "no program any more";
  profile broken = profile_at(at);
  symbolizer second;
  doubts = second.add_names(broken);
  REQUIRE(doubts.size() == 1);
  CHECK(doubts[0].code == "no-symbols");

  std::filesystem::remove(copy);
  profile gone = profile_at(at);
  symbolizer third;
  doubts = third.add_names(gone);
  REQUIRE(doubts.size() == 1);
  CHECK(doubts[0].text.find(copy) != std::string::npos);
  CHECK(lines_of(gone).empty());
}

TEST_CASE("memory without a file has no names and raises no doubt") {
  profile p =
      profile_at({"1000-2000 r-xp 00000000 00:00 0 [vdso]\n"
                  "3000-4000 r-xp 00000000 00:00 0\n"
                  "5000-6000 r-xp 00000000 00:00 0 /memfd:jit (deleted)\n",
                  0x1800});
  symbolizer names;
  CHECK(names.add_names(p).empty());
  CHECK(lines_of(p).empty());
}

TEST_CASE("names that are there already stay") {
  profile p = profile_at(place_in(folder + "/libsample_dwarf5.so"));
  symbolizer names;
  names.add_names(p);
  const profile before = p;
  names.add_names(p);
  CHECK(p == before);
}
