#include "profiles/pprof/gzip.hpp"

// Without it zlib takes no const input.
#define ZLIB_CONST
#include <zlib.h>

#include <algorithm>
#include <limits>

namespace nevaperf::profiles {

namespace {

constexpr int gzip_window_bits = 15 + 16;  // the largest window, and gzip's frame around it
constexpr std::size_t step_bytes = std::size_t{256} << 10;

base::error damaged(const char* what) {
  return {.what = what, .where = {}, .next = "copy or record the file again"};
}

const Bytef* bytes_of(std::string_view text) {
  return reinterpret_cast<const Bytef*>(text.data());
}

uInt some_of(std::size_t size) {
  return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
}

// Owns the state of zlib; one member of the file after the other.
class unpacker {
 public:
  unpacker() : ready_(inflateInit2(&stream_, gzip_window_bits) == Z_OK) {}
  unpacker(const unpacker&) = delete;
  unpacker& operator=(const unpacker&) = delete;
  ~unpacker() { inflateEnd(&stream_); }

  base::result<std::string> unpack(std::string_view in, std::uint64_t limit_bytes) {
    if (!ready_) return damaged("no memory to unpack it");
    std::string out;
    while (true) {
      if (auto one = unpack_member(in, out, limit_bytes); !one) return one.error();
      if (in.empty()) return out;
      if (!is_gzip(in)) return damaged("there is something else after the gzip data");
      if (inflateReset(&stream_) != Z_OK) return damaged("damaged gzip data");
    }
  }

 private:
  base::result<void> unpack_member(std::string_view& in, std::string& out, std::uint64_t limit) {
    while (true) {
      const std::size_t used = out.size();
      // One byte beyond the limit tells what is too large from what just fits.
      const auto room =
          static_cast<std::size_t>(std::min<std::uint64_t>(step_bytes, limit + 1 - used));
      out.resize(used + room);
      stream_.next_in = bytes_of(in);
      stream_.avail_in = some_of(in.size());
      stream_.next_out = reinterpret_cast<Bytef*>(out.data() + used);
      stream_.avail_out = static_cast<uInt>(room);
      const std::size_t offered = stream_.avail_in;
      const int status = inflate(&stream_, Z_NO_FLUSH);
      in.remove_prefix(offered - stream_.avail_in);
      out.resize(used + room - stream_.avail_out);
      if (out.size() > limit)
        return base::error{.what = "unpacks to more than " + std::to_string(limit >> 20U) + " MiB",
                           .where = {},
                           .next = "record for a shorter time or at a lower rate"};
      if (status == Z_STREAM_END) return {};
      if (status == Z_BUF_ERROR || (status == Z_OK && in.empty() && stream_.avail_out != 0))
        return damaged("truncated gzip data");
      if (status != Z_OK) return damaged("damaged gzip data");
    }
  }

  z_stream stream_{};
  bool ready_;
};

}  // namespace

bool is_gzip(std::string_view bytes) {
  return bytes.starts_with("\x1f\x8b");
}

base::result<std::string> unpack_gzip(std::string_view bytes, std::uint64_t limit_bytes) {
  return unpacker().unpack(bytes, limit_bytes);
}

std::string pack_gzip(std::string_view bytes) {
  z_stream stream{};
  constexpr int default_memory = 8;
  deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_window_bits, default_memory,
               Z_DEFAULT_STRATEGY);
  std::string out;
  int status = Z_OK;
  while (status == Z_OK || status == Z_BUF_ERROR) {
    const std::size_t used = out.size();
    out.resize(used + step_bytes);
    stream.next_in = bytes_of(bytes);
    stream.avail_in = some_of(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + used);
    stream.avail_out = static_cast<uInt>(step_bytes);
    const std::size_t offered = stream.avail_in;
    status = deflate(&stream, offered == bytes.size() ? Z_FINISH : Z_NO_FLUSH);
    bytes.remove_prefix(offered - stream.avail_in);
    out.resize(out.size() - stream.avail_out);
  }
  deflateEnd(&stream);
  return out;
}

}  // namespace nevaperf::profiles
