// Every function, every input: which kinds it takes, and that each other kind ends the run with
// the port and the kinds in words.
//
// A line of the table is a ref and "port:kinds" for each input. Kinds are letters: Bool, Int,
// Float, String, bYtes, List, Dict, strucT, Union; "*" is any, "~" the messages of a stream.
#include <map>
#include <sstream>

#include "runtime/nodes/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"
#include "tests/support/value_text.hpp"

using namespace nevaperf::runtime;
using nevaperf::tests::read_value;
using nevaperf::tests::run_node;

namespace {

constexpr const char* inputs_of_functions = R"(
new sig:*
del data:*
lock data:* sig:*
sync_turn data:* done:*
errors_new data:S
fan_in data[]:*
fan_out data:*
panic data:*
wait_group count:I sig:*
accumulator init:* upd:* flush:B
switch_router data:* case[]:*
match data:* if[]:* then[]:* else:*
select if[]:* then[]:*
ternary if:B then:* else:*
race data:* case[]:*
cond data:* if:B
eq left:* right:*
ne left:* right:*
and left:B right:B
or left:B right:B
not data:B
int_add left:I right:I
int_sub left:I right:I
int_mul left:I right:I
int_div left:I right:I
int_mod left:I right:I
int_pow left:I right:I
int_inc data:I
int_dec data:I
int_neg data:I
int_bitwise_and left:I right:I
int_bitwise_or left:I right:I
int_bitwise_xor left:I right:I
int_bitwise_lsh left:I right:I
int_bitwise_rsh left:I right:I
int_is_greater left:I right:I
int_is_greater_or_equal left:I right:I
int_is_lesser left:I right:I
int_is_lesser_or_equal left:I right:I
int_from_float data:F
float_add left:F right:F
float_sub left:F right:F
float_mul left:F right:F
float_div left:F right:F
float_neg data:F
float_is_greater left:F right:F
float_is_lesser left:F right:F
float_from_int data:I
string_add left:S right:S
string_is_greater left:S right:S
string_is_lesser left:S right:S
string_at data:S idx:I
string_slice data:S from:I to:I
strings_split data:S delim:S
strings_join_list data:N sep:S
strings_join_stream data:~ sep:S
strings_to_upper data:S
strings_to_lower data:S
string_from_int_codepoint data:I
bytes_from_string data:S
strings_from_bytes data:Y
atoi data:S
parse_int data:S base:I bits:I
parse_float data:S bits:I
parse_bool data:S
itoa data:I
format_bool data:B
format_int data:I base:I
format_float data:F fmt:S prec:I bits:I
regexp_submatch regexp:S data:*
field data:T
struct_builder *:*
union_wrap data:* tag:U
get_dict_value_by_key dict:D key:S
list_len data:L
list_at data:L idx:I
list_slice data:L from:I to:I
list_append data:* lst:L
list_prepend data:* lst:L
list_concat left:L right:L
stream_int_range from:I to:I
stream_just data:*
list_to_stream data:L
string_to_stream data:S
dict_to_stream data:D
array_port_to_stream port[]:*
array_port_to_list port[]:*
stream_to_list data:~
stream_to_dict data:~
stream_enumerate data:~
stream_zip left:~ right:~
stream_zip_many data[]:~
stream_product first:~ second:~
print data:*
println data:*
printf tpl:S args[]:*
scanln sig:*
args sig:*
read_all filename:S
write_all filename:S data:Y
file_open filename:S
file_create filename:S
file_close file:H
file_read_all file:H
file_write_all file:H data:Y
file_stdin sig:*
file_stdout sig:*
file_stderr sig:*
os_environ sig:*
os_getenv key:S
os_lookup_env key:S
os_setenv key:S value:S
os_unsetenv key:S
os_clearenv sig:*
os_expand_env data:S
os_temp_dir sig:*
os_exit code:I
os_getpid sig:*
os_getppid sig:*
os_getwd sig:*
os_hostname sig:*
os_executable sig:*
os_chdir path:S
os_read_dir path:S
os_remove path:S
os_remove_all path:S
os_stat path:S
os_lstat path:S
os_mkdir path:S perm:I
os_mkdir_all path:S perm:I
os_rename oldPath:S newPath:S
os_truncate path:S size:I
os_mkdir_temp dir:S pattern:S
os_create_temp dir:S pattern:S
dotenv_load sig:*
dotenv_load_override sig:*
dotenv_load_from data:S
dotenv_load_from_override data:S
time_delay dur:I data:*
time_after dur:I
http_get url:S
http_get_stream url:S
image_new pixels:~
image_encode img:T
)";

struct sample {
  char letter;
  const char* value;  // harmless as a path, a number, a name
  const char* words;
};

// "/dev/null/x" can be neither made nor opened nor removed.
constexpr sample samples[] = {
    {'B', "true", "a bool"},
    {'I', "21", "an int"},
    {'F', "1.5", "a float"},
    {'S', "\"/dev/null/x\"", "a string"},
    {'Y', "b\"/dev/null/x\"", "a bytes"},
    {'L', "[1]", "a list"},
    {'D', "{\"a\": 1}", "a dict"},
    {'T', "(pixels: b\"\", width: 1, height: 1)", "a struct"},
    {'U', "Tag(1)", "a union"},
};

// Kinds that no sample stands for: H a file handle, N a list of strings, ~ a stream.
std::string words_of(char letter) {
  for (const sample& s : samples)
    if (s.letter == letter) return s.words;
  if (letter == 'N') return "a list";
  return letter == '~' ? "a stream's Open" : "";
}

std::string value_of(char letter) {
  for (const sample& s : samples)
    if (s.letter == letter) return s.value;
  if (letter == 'H') return "21";
  if (letter == 'N') return "[\"a\", \"b\"]";
  return letter == '~' ? "<>" : "\"any\"";
}

struct input_row {
  std::string port;
  char kind;
};

std::map<std::string, std::vector<input_row>> table() {
  std::map<std::string, std::vector<input_row>> rows;
  std::istringstream lines(inputs_of_functions);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string ref;
    if (!(words >> ref)) continue;
    for (std::string word; words >> word;)
      rows[ref].push_back({word.substr(0, word.rfind(':')), word.back()});
  }
  return rows;
}

// The inputs of one round, all fit but the one at `odd`, which gets `value`.
std::string round_of(const std::vector<input_row>& row, std::size_t odd, const std::string& value) {
  std::string text;
  for (std::size_t i = 0; i < row.size(); ++i) {
    std::string port = row[i].port == "*" ? "only" : row[i].port;
    if (port.ends_with("[]")) port.insert(port.size() - 1, "0");
    text += (text.empty() ? "" : "; ") + port + " " + (i == odd ? value : value_of(row[i].kind));
  }
  return text;
}

std::string run(const std::string& ref, const std::string& inputs) {
  const bool has_path = ref == "field";
  return run_node(ref, inputs, {.config = read_value(has_path ? "[\"width\"]" : "\"c\"")});
}

// What is wrong with what a function answered to `value` at one of its inputs; empty: nothing.
std::string fault_of(const input_row& in, const sample& value, const std::string& got) {
  const std::string at = "failed at in:" + in.port.substr(0, in.port.find('['));
  const std::string wanted =
      at + ": expected " + words_of(in.kind);  // it may say more: a field's name
  const bool is_refused = got.find(at) != std::string::npos;
  if (in.kind == '*' || in.kind == value.letter) return is_refused ? "refuses its kind" : "";
  switch (in.kind) {
    case 'H':  // an int that is no open file, and all else, are answered at `err`
      if (value.letter == 'I') return is_refused ? "refuses an int" : "";
      return got == "err !\"file handle must be int\"" ? "" : "does not say what a handle is";
    case '~':  // each union is asked for its tag
      if (value.letter == 'U')
        return !is_refused || got.find("a stream's Open") != std::string::npos
                   ? ""
                   : "says nothing of Open";
      break;
    case 'N':  // a list is asked for its elements
      if (value.letter == 'L')
        return got.starts_with(at + ": expected a string, got an int") ? ""
                                                                       : "takes a list of ints";
      break;
    default:
      break;
  }
  const bool is_named = got.find(wanted) != std::string::npos &&
                        got.find(", got " + std::string(value.words)) != std::string::npos;
  return is_named ? "" : "does not say: " + wanted + ", got " + value.words;
}

}  // namespace

TEST_CASE("the table of kinds has every input of every function") {
  const auto rows = table();
  std::size_t functions = 0;
  for (const function_family& family : function_families())
    for (const function& f : family.functions) {
      INFO(f.ref);
      ++functions;
      const auto row = rows.find(std::string(f.ref));
      REQUIRE(row != rows.end());
      std::string ports;
      for (const input_row& in : row->second) ports += (ports.empty() ? "" : " ") + in.port;
      std::string known(f.ins);
      std::erase(known, '?');
      CHECK(ports == known);
    }
  CHECK(functions == rows.size());
}

TEST_CASE("every input takes its kind, and names itself for each other kind") {
  for (const auto& [ref, row] : table())
    for (std::size_t i = 0; i < row.size(); ++i)
      for (const sample& s : samples) {
        // It asks for the kind of a separator where it needs one.
        const bool needs_items = ref == "strings_join_stream" && row[i].port == "sep";
        const std::string got = needs_items
                                    ? run(ref, "data <\"a\" \"b\">; sep " + std::string(s.value))
                                    : run(ref, round_of(row, i, s.value));
        INFO(ref << " " << row[i].port << " " << s.words << ": " << got);
        CHECK(fault_of(row[i], s, got) == "");
      }
}
