// Errors as values.
//
// An error stops an operation and carries what a user needs in one line: what went wrong, where (a
// file, a place in it, a node path...), and what to do next. A doubt that does not stop anything is
// not an error: it is a warning value in the result it belongs to.
//
// Thread safety: values; share nothing.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace nevaperf::base {

struct error {
  std::string what;   // what went wrong: "unknown function 'foo'"
  std::string where;  // the place: "prog.json: funcs[3].ref"; empty if there is none
  std::string next;   // the next step: "known functions are listed by ..."; empty if there is none

  // One line: "where: what (next)". Line breaks inside the parts are shown as spaces.
  [[nodiscard]] std::string line() const;

  // The same error seen from further out: `outer` is put before the place.
  [[nodiscard]] error within(const std::string& outer) const;
};

// A value of T or an error. Check with `if (!r)`, then use `*r` or `r.error()`.
template <class T>
class [[nodiscard]] result {
 public:
  result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  result(base::error e) : state_(std::in_place_index<1>, std::move(e)) {}

  explicit operator bool() const { return state_.index() == 0; }
  T& operator*() & { return std::get<0>(state_); }
  const T& operator*() const& { return std::get<0>(state_); }
  T&& operator*() && { return std::get<0>(std::move(state_)); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }
  base::error& error() { return std::get<1>(state_); }
  const base::error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, base::error> state_;
};

template <>
class [[nodiscard]] result<void> {
 public:
  result() = default;
  result(base::error e) : error_(std::move(e)) {}

  explicit operator bool() const { return !error_.has_value(); }
  base::error& error() { return *error_; }
  const base::error& error() const { return *error_; }

 private:
  std::optional<base::error> error_;
};

}  // namespace nevaperf::base
