// Images: drawing pixels, and PNG.
#include <png.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "runtime/message/structure.hpp"
#include "runtime/nodes/error_value.hpp"
#include "runtime/nodes/families.hpp"
#include "runtime/nodes/field_step.hpp"
#include "runtime/nodes/stream_event.hpp"

namespace nevaperf::runtime {

namespace {

using started = base::result<node_task>;

constexpr std::int64_t channels = 4;  // red, green, blue, alpha: one byte each
// 1 GiB of pixels. One pixel in the far corner would otherwise ask for all memory.
constexpr std::int64_t most_pixels = std::int64_t{1} << 28;

struct pixel {
  std::int64_t x;
  std::int64_t y;
  char color[channels];
};

// Colour components are 16-bit values of which the high byte is kept.
char high_byte(std::int64_t component) {
  constexpr std::int64_t largest = 0xffff;
  return static_cast<char>(std::clamp<std::int64_t>(component, 0, largest) >> 8);
}

class pixel_reader {
 public:
  pixel read(const input& port, const message& whole) {
    const auto number = [&](field_step& step, const message& in) {
      return port.integer(step.in(port, in));
    };
    const message& color = color_.in(port, whole);
    return {number(x_, whole),
            number(y_, whole),
            {high_byte(number(red_, color)), high_byte(number(green_, color)),
             high_byte(number(blue_, color)), high_byte(number(alpha_, color))}};
  }

 private:
  field_step x_{atom::intern("x")};
  field_step y_{atom::intern("y")};
  field_step color_{atom::intern("color")};
  field_step red_{atom::intern("r")};
  field_step green_{atom::intern("g")};
  field_step blue_{atom::intern("b")};
  field_step alpha_{atom::intern("a")};
};

struct image_fields {
  field_step pixels{atom::intern("pixels")};
  field_step width{atom::intern("width")};
  field_step height{atom::intern("height")};
};

message image_message(std::string_view pixels, std::int64_t width, std::int64_t height) {
  // Values come in the byte order of their names.
  static const atom fields[] = {atom::intern("height"), atom::intern("pixels"),
                                atom::intern("width")};
  static const shape* const form = shape::intern(fields);
  message values[] = {message::integer(height), message::bytes(pixels), message::integer(width)};
  return make_structure(form, values);
}

bool is_too_large(std::int64_t width, std::int64_t height) {
  return width > most_pixels || height > most_pixels ||
         (height > 0 && width > most_pixels / height);
}

std::string size_text(std::int64_t width, std::int64_t height) {
  return std::to_string(width) + "x" + std::to_string(height);
}

node_task image_new(input pixels, output img, output err, stream_tags tags) {
  pixel_reader reader;
  for (;;) {
    while (event_of(pixels, co_await pixels.receive(), tags) != stream_event::open)
      ;
    std::vector<pixel> drawn;
    std::int64_t width = 0;
    std::int64_t height = 0;
    for (;;) {
      const message m = co_await pixels.receive();
      const stream_event event = event_of(pixels, m, tags);
      if (event == stream_event::close) break;
      if (event != stream_event::data) continue;
      const pixel p = reader.read(pixels, m.data());
      if (p.x < 0 || p.y < 0) {
        co_await err.send(error_value("image.New: Pixel out of bounds"));
        continue;
      }
      constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max() - 1;
      width = std::max(width, std::min(p.x, last) + 1);
      height = std::max(height, std::min(p.y, last) + 1);
      drawn.push_back(p);
    }
    if (is_too_large(width, height)) {
      co_await err.send(error_value("image.New: image too large: " + size_text(width, height)));
      continue;
    }
    std::string bytes(static_cast<std::size_t>(width * height * channels), '\0');
    for (const pixel& p : drawn)
      std::copy_n(p.color, channels, bytes.begin() + (p.y * width + p.x) * channels);
    co_await img.send(image_message(bytes, width, height));
  }
}

struct encoded {
  std::string bytes;
  std::string failure;
};

encoded encode_png(std::string_view pixels, std::int64_t width, std::int64_t height) {
  if (width <= 0 || height <= 0)
    return {{}, "png: invalid format: invalid image size: " + size_text(width, height)};
  if (is_too_large(width, height)) return {{}, "png: image too large: " + size_text(width, height)};
  const auto wanted = static_cast<std::size_t>(width * height * channels);
  std::string blank;
  if (pixels.empty()) {
    blank.resize(wanted);
    pixels = blank;
  }
  if (pixels.size() != wanted)
    return {{},
            "png: " + std::to_string(pixels.size()) + " bytes of pixels, but " +
                size_text(width, height) + " needs " + std::to_string(wanted)};

  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(height);
  image.format = PNG_FORMAT_RGBA;
  encoded out;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  out.bytes.resize(size);
  const int row_bytes = 0;  // rows follow each other without a gap
  if (png_image_write_to_memory(&image, out.bytes.data(), &size, 0, pixels.data(), row_bytes,
                                nullptr) == 0)
    return {{}, "png: " + std::string(static_cast<const char*>(image.message))};
  out.bytes.resize(size);
  return out;
}

node_task image_encode(input img, output res, output err) {
  image_fields fields;
  for (;;) {
    const message whole = co_await img.receive();
    const message& pixels = fields.pixels.in(img, whole);
    const encoded png = encode_png(img.bytes(pixels), img.integer(fields.width.in(img, whole)),
                                   img.integer(fields.height.in(img, whole)));
    if (!png.failure.empty()) co_await err.send(error_value(png.failure));
    co_await res.send(message::bytes(png.bytes));
  }
}

constexpr function table[] = {
    {.ref = "image_new",
     .ins = "pixels",
     .outs = "img err",
     .start = [](const binding& b) -> started {
       return image_new(b.in("pixels"), b.out("img"), b.out("err"), stream_tags());
     },
     .summary =
         "Draws a stream of structs `{x, y, color: {r, g, b, a}}` of ints. Components are 16-bit "
         "values of which the high byte is kept; of two pixels in one place the last counts. The "
         "image is a struct `{pixels, width, height}`, just as large as needed; `pixels` is bytes, "
         "4 a "
         "pixel, row by row. What was not drawn is transparent.",
     .errors =
         "`image.New: Pixel out of bounds` for each pixel with a negative place, which is left "
         "out; `image.New: image too large: WxH` over 2^28 pixels, and then no image"},
    {.ref = "image_encode",
     .ins = "img",
     .outs = "res err",
     .start = [](const binding& b) -> started {
       return image_encode(b.in("img"), b.out("res"), b.out("err"));
     },
     .summary =
         "An image as PNG, 8-bit RGBA, not premultiplied: the decoded pixels are those of the "
         "image. No pixels mean an image that is transparent all over.",
     .errors =
         "`png: invalid format: invalid image size: 0x0` and what libpng says; after an error "
         "`res` gets empty bytes"},
};

}  // namespace

std::span<const function> image_functions() {
  return table;
}

}  // namespace nevaperf::runtime
