#include "core/measure/protocol.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/formats/json_cursor.hpp"
#include "core/formats/model_json.hpp"

namespace nevaperf::measure {

namespace {

using json = nlohmann::ordered_json;
using formats::json_cursor;

// JSON readers elsewhere hold numbers as doubles: whole numbers above this are not exact.
constexpr std::uint64_t largest_count = std::uint64_t{1} << 53;

std::string line_of(const json& document) {
  return formats::compact(document) + "\n";
}

constexpr std::array kinds = {request::kind::run, request::kind::count, request::kind::usage,
                              request::kind::instructions};

// Reads a line as one document; `read` fills in the value from the cursor.
template <class T, class Read>
base::result<T> read_document(std::string_view line, Read read) {
  const auto document = formats::parse_json(line);
  if (!document) return document.error();
  std::optional<base::error> problem;
  T value{};
  read(json_cursor(*document, problem), value);
  if (problem) return *problem;
  return value;
}

// Zero real time is possible (an empty slice below the clock's resolution), a negative one is not.
double seconds_of(const json_cursor& at) {
  const double value = at.number();
  if (value < 0) at.fail("a time is negative");
  return value;
}

slice slice_from(const json_cursor& at) {
  slice out;
  out.iterations = at.member("iterations").count(largest_count);
  if (out.iterations == 0) at.fail("a slice has no iterations");
  out.real_seconds = seconds_of(at.member("real_seconds"));
  if (const auto cpu = at.maybe("cpu_seconds")) out.cpu_seconds = seconds_of(*cpu);
  if (const auto items = at.maybe("items")) out.items = items->number();
  return out;
}

std::uint64_t operations_from(const json_cursor& at) {
  const std::uint64_t count = at.member("operations").count(largest_count);
  if (count == 0) at.fail("no operations were counted");
  return count;
}

system_usage usage_from(const json_cursor& at) {
  system_usage out;
  out.operations = operations_from(at);
  out.voluntary_switches = at.member("voluntary_switches").number();
  out.involuntary_switches = at.member("involuntary_switches").number();
  if (const auto peak = at.maybe("peak_memory_bytes")) out.peak_memory_bytes = peak->number();
  return out;
}

instruction_count instructions_from(const json_cursor& at) {
  instruction_count out;
  out.operations = operations_from(at);
  out.instructions = at.member("count").number();
  return out;
}

allocation_counts counts_from(const json_cursor& at) {
  allocation_counts out;
  out.operations = operations_from(at);
  out.allocations = at.member("allocations").number();
  out.bytes = at.member("bytes").number();
  return out;
}

json to_json(const slice& data) {
  json out = {{"iterations", data.iterations}, {"real_seconds", data.real_seconds}};
  if (data.cpu_seconds) out["cpu_seconds"] = *data.cpu_seconds;
  if (data.items) out["items"] = *data.items;
  return {{"slice", std::move(out)}};
}

json to_json(const allocation_counts& data) {
  return {{"counts",
           {{"operations", data.operations},
            {"allocations", data.allocations},
            {"bytes", data.bytes}}}};
}

json to_json(const system_usage& data) {
  json out = {{"operations", data.operations},
              {"voluntary_switches", data.voluntary_switches},
              {"involuntary_switches", data.involuntary_switches}};
  if (data.peak_memory_bytes) out["peak_memory_bytes"] = *data.peak_memory_bytes;
  return {{"usage", std::move(out)}};
}

json to_json(const instruction_count& data) {
  return {{"instructions", {{"operations", data.operations}, {"count", data.instructions}}}};
}

json to_json(const no_counts& data) {
  return {{"no_counts", data.why}};
}

json to_json(const scenario_failure& data) {
  return {{"error", data.what}};
}

}  // namespace

const char* to_text(request::kind what) {
  switch (what) {
    case request::kind::run:
      return "run";
    case request::kind::count:
      return "count";
    case request::kind::usage:
      return "usage";
    case request::kind::instructions:
      return "instructions";
  }
  return "";
}

std::string write_greeting(const greeting& data) {
  return line_of({{"protocol", worker_protocol},
                  {"tool", data.tool},
                  {"pid", data.pid},
                  {"scenario", data.scenario},
                  {"more", data.more}});
}

std::string write_request(const request& data) {
  return line_of({{"do", to_text(data.what)}, {"iterations", data.iterations}});
}

std::string write_answer(const answer& data) {
  return line_of(std::visit([](const auto& one) { return to_json(one); }, data));
}

base::result<greeting> read_greeting(std::string_view line) {
  return read_document<greeting>(line, [](const json_cursor& at, greeting& out) {
    const json_cursor protocol = at.member("protocol");
    const std::string name = protocol.text();
    if (!at.failed() && name != worker_protocol) {
      protocol.fail("the worker speaks '" + name + "', not '" + worker_protocol + "'");
    }
    out.tool = at.member("tool").text();
    out.pid = static_cast<std::int64_t>(at.member("pid").count(largest_count));
    out.scenario = at.member("scenario").text();
    if (const auto more = at.maybe("more")) out.more = formats::texts_from(*more);
  });
}

base::result<request> read_request(std::string_view line) {
  return read_document<request>(line, [](const json_cursor& at, request& out) {
    const json_cursor what = at.member("do");
    const std::string name = what.text();
    const auto found = std::find_if(kinds.begin(), kinds.end(),
                                    [&](request::kind one) { return to_text(one) == name; });
    if (found == kinds.end()) {
      what.fail("unknown request '" + name + "'");
    } else {
      out.what = *found;
    }
    const json_cursor iterations = at.member("iterations");
    out.iterations = iterations.count(largest_count);
    if (out.iterations == 0) iterations.fail("at least one iteration");
  });
}

base::result<answer> read_answer(std::string_view line) {
  return read_document<answer>(line, [](const json_cursor& at, answer& out) {
    if (const auto measured = at.maybe("slice")) {
      out = slice_from(*measured);
    } else if (const auto failure = at.maybe("error")) {
      out = scenario_failure{failure->text()};
    } else if (const auto counts = at.maybe("counts")) {
      out = counts_from(*counts);
    } else if (const auto usage = at.maybe("usage")) {
      out = usage_from(*usage);
    } else if (const auto instructions = at.maybe("instructions")) {
      out = instructions_from(*instructions);
    } else if (const auto none = at.maybe("no_counts")) {
      out = no_counts{none->text()};
    } else {
      at.fail("no slice, counts or error");
    }
  });
}

}  // namespace nevaperf::measure
