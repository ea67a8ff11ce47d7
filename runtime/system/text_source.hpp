// Standard input of a program: one buffer that all readers share, one reader at a time.
//
//   text_source::session reading(source);
//   while (!done(reading.buffered())) if (int error = reading.fill(cancel)) ...
//
// Thread safety: any thread; a session excludes all others while it lives, so it must not be held
// while a node waits.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace nevaperf::runtime {

class text_source {
 public:
  text_source() = default;  // at its end
  // Reads from a file descriptor that the caller keeps open.
  explicit text_source(int number) : number_(number) {}
  explicit text_source(std::string text) : buffer_(std::move(text)) {}
  text_source(const text_source&) = delete;
  text_source& operator=(const text_source&) = delete;

  class session {
   public:
    // Waits for the sessions of others.
    explicit session(text_source& from) : from_(&from), hold_(from.lock_) {}
    // Does not wait; `is_open` says whether it got it.
    session(text_source& from, std::try_to_lock_t how) : from_(&from), hold_(from.lock_, how) {}

    [[nodiscard]] bool is_open() const { return hold_.owns_lock(); }
    [[nodiscard]] std::string_view buffered() const;
    void consume(std::size_t bytes) { from_->first_ += bytes; }

    // Waits for more input and gives up with ECANCELED when `cancel` becomes readable. 0 or an
    // errno value; `is_at_end` if there was no more. A later call tries again: terminals go on
    // after an end.
    int fill(int cancel);
    [[nodiscard]] bool is_at_end() const { return at_end_; }

   private:
    text_source* from_;
    std::unique_lock<std::mutex> hold_;
    bool at_end_ = false;
  };

 private:
  static constexpr std::size_t piece_bytes = std::size_t{64} << 10;

  int number_ = -1;
  std::mutex lock_;
  std::string buffer_;
  std::size_t first_ = 0;  // what lies before was consumed
};

}  // namespace nevaperf::runtime
