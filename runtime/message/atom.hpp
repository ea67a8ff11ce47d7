// Interned names: union tags and struct field names, compared by one integer.
//
// The table lives as long as the process and is never pruned: names come from programs, not from
// data, so it is as large as the set of different names in the programs that were loaded.
//
// Thread safety: `intern` and `text` may be called by any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

namespace nevaperf::runtime {

class atom {
 public:
  constexpr atom() = default;  // the empty name
  static constexpr atom from_id(std::uint32_t id) { return atom(id); }
  static atom intern(std::string_view name);

  [[nodiscard]] std::string_view text() const;  // valid for the life of the process
  [[nodiscard]] constexpr std::uint32_t id() const { return id_; }
  friend constexpr auto operator<=>(atom, atom) = default;  // by id, not by text

 private:
  explicit constexpr atom(std::uint32_t id) : id_(id) {}
  std::uint32_t id_ = 0;
};

}  // namespace nevaperf::runtime
