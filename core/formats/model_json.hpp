// The parts of the data of a run as JSON, shared by the formats that contain them (run, baseline,
// journal).
//
// Thread safety: pure functions.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "core/base/error.hpp"
#include "core/formats/json_cursor.hpp"
#include "core/model/run.hpp"

namespace nevaperf::formats {

// One JSON value as text without line breaks; bytes that are no UTF-8 become the replacement
// character.
[[nodiscard]] std::string compact(const nlohmann::ordered_json& value);

[[nodiscard]] nlohmann::ordered_json to_json(const model::environment& data);
[[nodiscard]] nlohmann::ordered_json to_json(const model::scenario& data);
[[nodiscard]] nlohmann::ordered_json to_json(const std::vector<model::warning>& data);
// An error if a value is not finite, which JSON cannot hold.
[[nodiscard]] base::result<void> check_finite(const model::scenario& data);
[[nodiscard]] base::result<void> check_finite(const model::environment& data);

[[nodiscard]] model::environment environment_from(const json_cursor& at);
[[nodiscard]] model::scenario scenario_from(const json_cursor& at);
[[nodiscard]] std::vector<model::warning> warnings_from(const json_cursor& at);
[[nodiscard]] model::scenario_status status_from(const json_cursor& at);
[[nodiscard]] std::vector<std::string> texts_from(const json_cursor& at);

// A run inside of a document, with its own schema member.
[[nodiscard]] model::run run_from(const json_cursor& at);

// Fails at `at` unless its member "schema" is `schema`: another format, or a newer version of this
// one.
void expect_schema(const json_cursor& at, std::string_view schema);

}  // namespace nevaperf::formats
