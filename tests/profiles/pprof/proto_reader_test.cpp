#include "profiles/pprof/proto_reader.hpp"

#include <array>
#include <protozero/pbf_writer.hpp>

#include "profiles/model/profile_builder.hpp"
#include "profiles/pprof/proto_writer.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::profiles;
using protozero::pbf_writer;

namespace {

// A profile with something in every field.
profile full() {
  profile_builder made;
  made.add_type("samples", "count");
  made.add_type("cpu", "nanoseconds");
  const mapping_id map = made.add_mapping({.start = 0x1000,
                                           .limit = 0x2000,
                                           .offset = 0x10,
                                           .file = made.text("/bin/program"),
                                           .build_id = made.text("abc"),
                                           .has_functions = true,
                                           .has_filenames = true,
                                           .has_line_numbers = true,
                                           .has_inline_frames = true});
  const function_id f = made.add_function({.name = made.text("f()"),
                                           .system_name = made.text("_Zf"),
                                           .file = made.text("f.cpp"),
                                           .start_line = 7});
  const location_id in = made.add_location({.map = map,
                                            .address = 0xfedcba9876543210,
                                            .lines = {{f, 8, 3}, {function_id::none(), -1, 0}},
                                            .folded = true});
  const location_id bare =
      made.add_location({.map = mapping_id::none(), .address = 1, .lines = {}, .folded = false});
  const std::array labels{
      label{.key = made.text("node"), .text = made.text("adder")},
      label{.key = made.text("bytes"), .number = -5, .unit = made.text("bytes")}};
  made.add_sample(std::array{in, bare}, std::array<std::int64_t, 2>{1, -10'000'000}, labels);
  made.add_sample({}, std::array<std::int64_t, 2>{0, INT64_MAX});
  profile& header = made.header();
  header.period_type = made.type("cpu", "nanoseconds");
  header.period = 10'000'000;
  header.time_ns = 1'700'000'000'000'000'000;
  header.duration_ns = -1;
  header.comments = {made.text("one"), made.text("two")};
  header.default_type = made.text("cpu");
  header.drop_frames = made.text("malloc");
  header.keep_frames = made.text("keep");
  header.doc_url = made.text("about");
  return std::move(made).build();
}

// Writes the parts that every file needs, then what a test adds.
std::string with(const auto& add) {
  std::string out;
  pbf_writer top(out);
  {
    pbf_writer type(top, 1);
    type.add_uint64(1, 1);
    type.add_uint64(2, 2);
  }
  for (const char* text : {"", "cpu", "count"}) top.add_string(6, text);
  add(top);
  return out;
}

std::string line_of(const std::string& bytes) {
  const auto read = read_proto(bytes);
  REQUIRE_FALSE(read);
  auto e = read.error();
  CHECK_FALSE(e.next.empty());
  e.next.clear();
  return e.line();
}

}  // namespace

TEST_CASE("what is written is read back the same") {
  const profile p = full();
  REQUIRE(validate(p));
  const std::string bytes = write_proto(p);
  const auto back = read_proto(bytes);
  REQUIRE(back);
  CHECK(*back == p);
  CHECK(write_proto(*back) == bytes);
}

TEST_CASE("a file that is cut anywhere is refused or a smaller profile") {
  const std::string bytes = write_proto(full());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto cut = read_proto(bytes.substr(0, size));
    if (cut)
      CHECK(validate(*cut));
    else
      CHECK_FALSE(cut.error().what.empty());
  }
}

TEST_CASE("numbers one by one, unknown fields and ids in any order are read") {
  const std::string bytes = with([](pbf_writer& top) {
    {
      pbf_writer sample(top, 2);
      sample.add_uint64(1, 70'000);
      sample.add_uint64(1, 3);
      sample.add_int64(2, 5);
      sample.add_string(99, "of a later version");
    }
    for (const std::uint64_t id : {std::uint64_t{3}, std::uint64_t{70'000}}) {
      pbf_writer location(top, 4);
      location.add_uint64(1, id);
      location.add_uint64(3, id + 1);
    }
    top.add_double(98, 1.5);
  });
  const auto read = read_proto(bytes);
  REQUIRE(read);
  REQUIRE(read->stacks.size() == 2);
  CHECK(read->locations[read->stacks[0].index()].address == 70'001);
  CHECK(read->locations[read->stacks[1].index()].address == 4);
  CHECK(totals(*read) == std::vector<std::int64_t>{5});
}

TEST_CASE("bad files are refused in one line that says where") {
  CHECK(line_of("") == "there are no sample types");
  CHECK(line_of("hello world, this is text\n").substr(0, 2) != "");
  CHECK(line_of(with([](pbf_writer& top) { top.add_uint64(2, 1); })) ==
        "sample 1: field 2 has wire type 0, not 2");
  CHECK(line_of(with([](pbf_writer& top) { top.add_string(12, "x"); })) ==
        "field 12 has wire type 2, not 0");
  CHECK(line_of(with([](pbf_writer& top) { top.add_uint64(13, 3); })) == "string 3 of 3");
  CHECK(line_of(with([](pbf_writer& top) {
          pbf_writer sample(top, 2);
          sample.add_uint64(1, 9);
          sample.add_int64(2, 1);
        })) == "sample 1: there is no location 9");
  CHECK(line_of(with([](pbf_writer& top) { pbf_writer(top, 2).add_string(1, ""); })) ==
        "sample 1: fewer values than sample types");
  CHECK(line_of(with([](pbf_writer& top) {
          pbf_writer sample(top, 2);
          sample.add_int64(2, 1);
          sample.add_int64(2, 1);
        })) == "sample 1: more values than sample types");
  CHECK(line_of(with([](pbf_writer& top) { pbf_writer(top, 4).add_uint64(3, 1); })) ==
        "location 1: its id is 0");
  CHECK(line_of(with([](pbf_writer& top) {
          for (int i = 0; i < 2; ++i) pbf_writer(top, 5).add_uint64(1, 4);
        })) == "function 2: its id 4 is used twice");
  CHECK(line_of(with([](pbf_writer& top) {
          pbf_writer location(top, 4);
          location.add_uint64(1, 1);
          location.add_uint64(2, 1);
        })) == "location 1: there is no mapping 1");
  CHECK(line_of("\x32\x01x") == "the first string is not empty");
  // Claims a gigabyte.
  CHECK(line_of("\x12\x80\x80\x80\x80\x04") == "truncated profile.proto data");
}
