#include "profiles/cpu/preload/recorder.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

// Lock-free, so that it may be called in a signal handler (glibc 2.35).
extern "C" int _dl_find_object(void* address, dl_find_object* found) __attribute__((weak));

namespace nevaperf::preload {

namespace raw = profiles::raw;

namespace {

std::uint64_t hash_of(const void* const* stack, std::uint64_t depth, std::uint64_t label) {
  std::uint64_t hash = label * 0x9e3779b97f4a7c15U + depth;
  for (std::uint64_t i = 0; i < depth; ++i) {
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

// A file of the full size, or none: a page that the disk has no room for would kill the program.
int make_file(const char* path) {
  rlimit most{};
  if (::getrlimit(RLIMIT_FSIZE, &most) != 0 || most.rlim_cur < raw::file_bytes) return -1;
  const int file = ::open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return -1;
  if (::posix_fallocate(file, 0, static_cast<off_t>(raw::file_bytes)) == 0) return file;
  ::close(file);
  ::unlink(path);
  return -1;
}

}  // namespace

std::int64_t clock_ns(int clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

bool recorder::open(const char* folder, std::uint32_t rate_hz) {
  header_ = nullptr;
  char path[4096];
  const int length =
      std::snprintf(path, sizeof path, "%s/cpu.%d.%lld.raw", folder, static_cast<int>(::getpid()),
                    static_cast<long long>(clock_ns(CLOCK_MONOTONIC)));
  if (length < 0 || static_cast<std::size_t>(length) >= sizeof path) return false;
  const int file = make_file(path);
  if (file < 0) return false;
  void* const memory =
      ::mmap(nullptr, raw::file_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  ::close(file);
  if (memory == MAP_FAILED) return false;

  char* const bytes = static_cast<char*>(memory);
  auto* const header = static_cast<raw::raw_header*>(memory);
  modules_ = reinterpret_cast<raw::raw_module*>(bytes + sizeof(raw::raw_header));
  index_ = reinterpret_cast<std::uint32_t*>(bytes + raw::index_at);
  header->pid = static_cast<std::uint32_t>(::getpid());
  header->rate_hz = rate_hz;
  header->used_bytes = raw::records_at;
  const ssize_t got = ::readlink("/proc/self/exe", header->program, sizeof header->program - 1);
  if (got < 0) header->program[0] = '\0';
  std::memcpy(header->magic, raw::magic, sizeof raw::magic);
  header_ = header;
  return true;
}

void recorder::begin() {
  header_->wall_start_ns = clock_ns(CLOCK_REALTIME);
  header_->start_ns = clock_ns(CLOCK_MONOTONIC);
  header_->cpu_start_ns = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
  header_->is_ended = 0;
  note_time();
}

void recorder::end() {
  note_time();
  header_->is_ended = 1;
}

void recorder::note_time() {
  header_->last_ns = clock_ns(CLOCK_MONOTONIC);
  header_->cpu_last_ns = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
}

void recorder::add_thread() {
  __atomic_fetch_add(&header_->threads, 1U, __ATOMIC_RELAXED);
}

void recorder::note_module(std::uint64_t address) {
  for (std::uint32_t i = 0; i < header_->modules; ++i)
    if (address >= modules_[i].start && address < modules_[i].limit) return;
  dl_find_object found{};
  if (header_->modules == raw::most_modules || _dl_find_object == nullptr ||
      _dl_find_object(reinterpret_cast<void*>(address), &found) != 0)
    return;
  raw::raw_module& made = modules_[header_->modules];
  made.start = reinterpret_cast<std::uintptr_t>(found.dlfo_map_start);
  made.limit = reinterpret_cast<std::uintptr_t>(found.dlfo_map_end);
  copy_text(made.path, sizeof made.path, found.dlfo_link_map->l_name);
  ++header_->modules;
}

raw::raw_record* recorder::record_at(std::uint64_t byte) const {
  return reinterpret_cast<raw::raw_record*>(reinterpret_cast<char*>(header_) + byte);
}

void recorder::add(const void* const* stack, std::uint64_t depth, std::uint64_t label,
                   std::uint64_t ticks) {
  note_time();
  const std::uint64_t hash = hash_of(stack, depth, label);
  const std::uint64_t stack_bytes = depth * sizeof(void*);
  std::uint64_t slot = hash % raw::index_slots;
  for (; index_[slot] != 0; slot = (slot + 1) % raw::index_slots) {
    raw::raw_record* const known = record_at(std::uint64_t{index_[slot]} * 8);
    if (known->hash != hash || known->label != label || known->depth != depth ||
        std::memcmp(known + 1, stack, stack_bytes) != 0)
      continue;
    ++known->count;
    known->ticks += ticks;
    ++header_->samples;
    return;
  }
  const std::uint64_t at = header_->used_bytes;
  const std::uint64_t after = at + sizeof(raw::raw_record) + stack_bytes;
  if (header_->records == raw::most_records || after > raw::file_bytes) {
    ++header_->lost;
    return;
  }
  raw::raw_record* const made = record_at(at);
  *made = {.hash = hash, .count = 1, .ticks = ticks, .label = label, .depth = depth};
  std::memcpy(made + 1, stack, stack_bytes);
  for (std::uint64_t i = 0; i < depth; ++i)
    note_module(reinterpret_cast<std::uintptr_t>(stack[i]) - (i == 0 ? 0U : 1U));
  header_->used_bytes = after;
  ++header_->records;
  ++header_->samples;
  index_[slot] = static_cast<std::uint32_t>(at / 8);
}

}  // namespace nevaperf::preload
