#include "profiles/preload/stack_recorder.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

// Lock-free (glibc 2.35).
extern "C" int _dl_find_object(void* address, dl_find_object* found) __attribute__((weak));

namespace nevaperf::preload {

namespace raw = profiles::stack_file;

namespace {

std::int64_t clock_ns(int clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

std::uint64_t hash_of(const void* const* stack, std::uint32_t depth, std::uint64_t label,
                      std::uint32_t kind) {
  std::uint64_t hash = label * 0x9e3779b97f4a7c15U + depth + (std::uint64_t{kind} << 32U);
  for (std::uint32_t i = 0; i < depth; ++i) {
    hash = (hash ^ reinterpret_cast<std::uintptr_t>(stack[i])) * 0x9e3779b97f4a7c15U;
    hash ^= hash >> 32U;
  }
  return hash;
}

void copy_text(char* to, std::size_t room, const char* from) {
  std::size_t i = 0;
  for (; i + 1 < room && from[i] != '\0'; ++i) to[i] = from[i];
  to[i] = '\0';
}

// Room on the disk, or none: a page that there is none for would kill the program.
bool grow(int file, std::uint64_t from, std::uint64_t to) {
  rlimit most{};
  return ::getrlimit(RLIMIT_FSIZE, &most) == 0 && most.rlim_cur >= to &&
         ::posix_fallocate(file, static_cast<off_t>(from), static_cast<off_t>(to - from)) == 0;
}

// High, where programs that count on the lowest free numbers do not meet it.
int out_of_the_way(int file) {
  const int moved = ::fcntl(file, F_DUPFD_CLOEXEC, 512);
  if (moved < 0) return file;
  ::close(file);
  return moved;
}

class spinning {
 public:
  explicit spinning(std::atomic_flag& flag) : flag_(flag) {
    while (flag_.test_and_set(std::memory_order_acquire)) {
    }
  }
  spinning(const spinning&) = delete;
  spinning& operator=(const spinning&) = delete;
  ~spinning() { flag_.clear(std::memory_order_release); }

 private:
  std::atomic_flag& flag_;
};

}  // namespace

std::int64_t monotonic_ns() {
  return clock_ns(CLOCK_MONOTONIC);
}

bool stack_recorder::open(const char* folder, const char* prefix, const char* magic,
                          std::uint32_t value_words, std::uint64_t period) {
  header_ = nullptr;
  lock_.clear();
  char path[4096];
  const int length =
      std::snprintf(path, sizeof path, "%s/%s.%d.%lld.raw", folder, prefix,
                    static_cast<int>(::getpid()), static_cast<long long>(monotonic_ns()));
  if (length < 0 || static_cast<std::size_t>(length) >= sizeof path) return false;
  // The number of the file is this process's own from now on: a child after fork has it too.
  if (file_ >= 0) ::close(file_);
  file_ = ::open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file_ < 0) return false;
  file_ = out_of_the_way(file_);
  room_bytes_ = raw::step_bytes;
  if (!grow(file_, 0, room_bytes_)) {
    ::unlink(path);
    return false;
  }
  void* const memory =
      ::mmap(nullptr, raw::most_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file_, 0);
  if (memory == MAP_FAILED) return false;

  auto* const header = static_cast<raw::file_header*>(memory);
  header->pid = static_cast<std::uint32_t>(::getpid());
  header->value_words = value_words;
  header->period = period;
  header->used_bytes = raw::records_at;
  const ssize_t got = ::readlink("/proc/self/exe", header->program, sizeof header->program - 1);
  if (got < 0) header->program[0] = '\0';
  copy_text(header->magic, sizeof header->magic, magic);
  value_words_ = value_words;
  header_ = header;
  modules_ = reinterpret_cast<raw::file_module*>(byte(raw::modules_at));
  index_ = reinterpret_cast<std::uint32_t*>(byte(raw::index_at));
  return true;
}

void stack_recorder::name_allocator(const void* its_malloc) {
  Dl_info found{};
  if (::dladdr(its_malloc, &found) != 0 && found.dli_fname != nullptr)
    copy_text(header_->allocator, sizeof header_->allocator, found.dli_fname);
}

void stack_recorder::begin() {
  header_->wall_start_ns = clock_ns(CLOCK_REALTIME);
  header_->start_ns = monotonic_ns();
  header_->last_ns = header_->start_ns;
  header_->is_ended = 0;
}

void stack_recorder::end() {
  header_->last_ns = monotonic_ns();
  header_->is_ended = 1;
}

bool stack_recorder::knows_module(std::uint64_t address) const {
  const std::uint32_t count = __atomic_load_n(&header_->modules, __ATOMIC_ACQUIRE);
  for (std::uint32_t i = 0; i < count; ++i)
    if (address >= modules_[i].start && address < modules_[i].limit) return true;
  return false;
}

void stack_recorder::note_module(std::uint64_t address) {
  if (knows_module(address)) return;
  dl_find_object found{};
  if (_dl_find_object == nullptr || _dl_find_object(reinterpret_cast<void*>(address), &found) != 0)
    return;
  const spinning hold(lock_);
  const std::uint32_t count = header_->modules;
  if (count < raw::most_modules && !knows_module(address)) {
    raw::file_module& made = modules_[count];
    made.start = reinterpret_cast<std::uintptr_t>(found.dlfo_map_start);
    made.limit = reinterpret_cast<std::uintptr_t>(found.dlfo_map_end);
    copy_text(made.path, sizeof made.path, found.dlfo_link_map->l_name);
    __atomic_store_n(&header_->modules, count + 1, __ATOMIC_RELEASE);
  }
}

bool stack_recorder::make_room(std::uint64_t bytes) {
  // acquire: the room is there before it is used
  if (bytes <= __atomic_load_n(&room_bytes_, __ATOMIC_ACQUIRE)) return true;
  const spinning hold(lock_);
  while (room_bytes_ < bytes) {
    const std::uint64_t larger = room_bytes_ + raw::step_bytes;
    if (larger > raw::most_bytes || !grow(file_, room_bytes_, larger)) return false;
    __atomic_store_n(&room_bytes_, larger, __ATOMIC_RELEASE);
  }
  return true;
}

// Gives its place in words of 8 bytes; 0: no room.
std::uint32_t stack_recorder::make_record(const void* const* stack, const raw::file_record& key) {
  const std::uint64_t stack_bytes = key.depth * sizeof(void*);
  const std::uint64_t bytes =
      sizeof(raw::file_record) + value_words_ * sizeof(std::uint64_t) + stack_bytes;
  if (__atomic_load_n(&header_->records, __ATOMIC_RELAXED) >= raw::most_records) return 0;
  const std::uint64_t at = __atomic_fetch_add(&header_->used_bytes, bytes, __ATOMIC_RELAXED);
  if (!make_room(at + bytes)) return 0;
  std::memcpy(byte(at), &key, sizeof key);
  std::memcpy(byte(at + bytes - stack_bytes), stack, stack_bytes);
  for (std::uint32_t i = 0; i < key.depth; ++i)
    note_module(reinterpret_cast<std::uintptr_t>(stack[i]) - 1);
  return static_cast<std::uint32_t>(at / 8);
}

std::uint64_t* stack_recorder::values_of(const void* const* stack, std::uint32_t depth,
                                         std::uint64_t label, std::uint32_t kind) {
  const raw::file_record key{
      .hash = hash_of(stack, depth, label, kind), .label = label, .kind = kind, .depth = depth};
  const std::uint64_t values_bytes = value_words_ * sizeof(std::uint64_t);
  std::uint32_t made = 0;
  for (std::uint64_t slot = key.hash % raw::index_slots;; slot = (slot + 1) % raw::index_slots) {
    std::uint32_t at = __atomic_load_n(&index_[slot], __ATOMIC_ACQUIRE);
    if (at == 0) {
      if (made == 0) made = make_record(stack, key);
      if (made == 0) {
        count_lost();
        return nullptr;
      }
      // release: who finds the record finds it whole
      if (__atomic_compare_exchange_n(&index_[slot], &at, made, false, __ATOMIC_RELEASE,
                                      __ATOMIC_ACQUIRE)) {
        __atomic_fetch_add(&header_->records, 1U, __ATOMIC_RELAXED);
        at = made;
      }
    }
    const char* const record = byte(std::uint64_t{at} * 8);
    if (std::memcmp(record, &key, sizeof key) == 0 &&
        std::memcmp(record + sizeof key + values_bytes, stack, depth * sizeof(void*)) == 0)
      return reinterpret_cast<std::uint64_t*>(byte(std::uint64_t{at} * 8 + sizeof key));
  }
}

}  // namespace nevaperf::preload
