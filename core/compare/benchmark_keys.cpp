#include "core/compare/benchmark_keys.hpp"

#include <algorithm>
#include <type_traits>
#include <vector>

#include "core/formats/go_text.hpp"

namespace nevaperf::compare {

namespace {

struct name_part {
  std::string_view text;   // as written, without the '/'
  std::string_view key;    // empty: it has none
  std::string_view value;  // behind the key and its '='
};

struct split_name {
  std::string_view package;  // with the '.' behind it; empty if the name does not start with it
  std::string_view base;
  std::vector<name_part> parts;
  std::string_view processors;  // of Go: the digits behind the last '-'
};

name_part part_of(std::string_view text, bool with_colons) {
  std::size_t at = text.find('=');
  if (at == std::string_view::npos && with_colons) at = text.find(':');
  if (at == std::string_view::npos || at == 0) return {text, {}, {}};
  return {text, text.substr(0, at), text.substr(at + 1)};
}

std::string_view processors_of(std::string_view name) {
  const std::size_t at = name.rfind('-');
  if (at == std::string_view::npos || at + 1 == name.size()) return {};
  const std::string_view digits = name.substr(at + 1);
  const bool fits = digits.front() != '0' && std::all_of(digits.begin(), digits.end(), [](char c) {
                      return c >= '0' && c <= '9';
                    });
  return fits ? digits : std::string_view();
}

split_name split(const subject& of) {
  split_name out;
  std::string_view name = of.scenario.name;
  const std::string& package = of.scenario.package;
  if (!package.empty() && name.starts_with(package + ".")) {
    out.package = name.substr(0, package.size() + 1);
    name.remove_prefix(out.package.size());
  }
  if (of.data.kind == formats::recording_kind::go_benchmark) {
    out.processors = processors_of(name);
    if (!out.processors.empty()) name.remove_suffix(out.processors.size() + 1);
  }
  const bool with_colons = of.data.kind == formats::recording_kind::google_benchmark;
  out.base = name.substr(0, name.find('/'));
  for (std::size_t at = out.base.size(); at < name.size();) {
    const std::size_t end = std::min(name.find('/', at + 1), name.size());
    out.parts.push_back(part_of(name.substr(at + 1, end - at - 1), with_colons));
    at = end;
  }
  return out;
}

std::optional<std::string> part_value(const subject& of, std::string_view key) {
  const split_name name = split(of);
  for (const name_part& part : name.parts) {
    if (!part.key.empty() && part.key == key) return std::string(part.value);
  }
  if (key == "gomaxprocs" && !name.processors.empty()) return std::string(name.processors);
  return std::nullopt;
}

std::optional<std::string> environment_value(const model::environment& where,
                                             std::string_view key) {
  std::optional<std::string> out;
  const std::string_view field = key == "cpu" ? "cpu_model" : key;
  model::for_each_field(where, where, [&](std::string_view name, const auto& value, const auto&) {
    if (name != field || !value) return;
    if constexpr (std::is_same_v<std::decay_t<decltype(*value)>, std::string>) {
      out = *value;
    } else {
      out = std::to_string(*value);
    }
  });
  return out;
}

std::optional<std::string> configuration_value(const subject& of, std::string_view key) {
  if (key == "pkg") {
    const std::string& own = of.scenario.package;
    if (!own.empty()) return own;
    if (!of.data.package.empty()) return of.data.package;
  }
  for (const auto* from : {&of.scenario.settings, &of.data.configuration}) {
    const auto found = from->find(std::string(key));
    if (found != from->end()) return found->second;
  }
  return environment_value(of.data.environment, key);
}

}  // namespace

std::optional<std::string> value_of(const subject& of, std::string_view key) {
  if (key == ".fullname") return of.scenario.name;
  if (key == ".name") return std::string(split(of).base);
  if (key == ".file") return std::string(of.file);
  if (key == ".unit") return std::string(of.unit);
  if (key.starts_with('/')) return part_value(of, key.substr(1));
  return configuration_value(of, key);
}

std::string name_without(const subject& of, const std::set<std::string, std::less<>>& keys) {
  const split_name name = split(of);
  std::string out = keys.contains("pkg") ? std::string() : std::string(name.package);
  out += keys.contains(".name") ? "*" : name.base;
  bool has_processors = false;
  for (const name_part& part : name.parts) {
    out += '/';
    // hyperfine's parameters are configuration keys; some names hold them.
    const bool is_parameter = of.data.kind == formats::recording_kind::hyperfine &&
                              of.scenario.settings.contains(std::string(part.key));
    if (!part.key.empty() &&
        (keys.contains("/" + std::string(part.key)) || (is_parameter && keys.contains(part.key)))) {
      out += part.text.substr(0, part.key.size() + 1);
      out += '*';
      has_processors = has_processors || part.key == "gomaxprocs";
    } else {
      out += part.text;
    }
  }
  if (name.processors.empty()) return out;
  const bool dropped = keys.contains("/gomaxprocs") && !has_processors;
  return out + "-" + (dropped ? std::string("*") : std::string(name.processors));
}

std::string base_unit_name(std::string_view unit) {
  return formats::to_base_unit(unit).name;
}

}  // namespace nevaperf::compare
