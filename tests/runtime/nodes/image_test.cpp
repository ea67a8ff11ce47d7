#include <png.h>

#include "runtime/message/structure.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"
#include "tests/support/value_text.hpp"

using nevaperf::runtime::field_at;
using nevaperf::runtime::message;
using nevaperf::tests::read_value;
using nevaperf::tests::run_node;

namespace {

std::string pixel(int x, int y, int r, int g, int b, int a) {
  return "(x: " + std::to_string(x) + ", y: " + std::to_string(y) +
         ", color: (r: " + std::to_string(r) + ", g: " + std::to_string(g) +
         ", b: " + std::to_string(b) + ", a: " + std::to_string(a) + "))";
}

// The pixels of what image_encode gave: "res b...".
std::string decoded(const std::string& result, unsigned width, unsigned height) {
  REQUIRE(result.starts_with("res b"));
  const message png = read_value(result.substr(4));
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  REQUIRE(png_image_begin_read_from_memory(&image, png.as_bytes().data(), png.as_bytes().size()));
  CHECK(image.width == width);
  CHECK(image.height == height);
  CHECK(image.format == PNG_FORMAT_RGBA);  // as it is stored: 8 bits
  image.format = PNG_FORMAT_RGBA;
  std::string pixels(PNG_IMAGE_SIZE(image), '\0');
  REQUIRE(png_image_finish_read(&image, nullptr, pixels.data(), 0, nullptr));
  return pixels;
}

}  // namespace

TEST_CASE("image_new draws pixels") {
  CHECK(run_node("image_new", "pixels <" + pixel(1, 0, 65535, 0x1234, 255, 256) + ">") ==
        R"(img (height: 1, pixels: b"\x00\x00\x00\x00\xff\x12\x00\x01", width: 2))");
  CHECK(run_node("image_new", "pixels <>") == R"(img (height: 0, pixels: b"", width: 0))");
}

TEST_CASE("image_new clamps components, and the last pixel of a place counts") {
  CHECK(run_node("image_new", "pixels <" + pixel(0, 0, -5, 70000, 0, 0) + ">") ==
        R"(img (height: 1, pixels: b"\x00\xff\x00\x00", width: 1))");
  CHECK(run_node("image_new", "pixels <" + pixel(0, 0, 1 << 8, 0, 0, 0) + " " +
                                  pixel(0, 0, 2 << 8, 0, 0, 0) + ">") ==
        R"(img (height: 1, pixels: b"\x02\x00\x00\x00", width: 1))");
}

TEST_CASE("image_new leaves out pixels with a negative place, and says so") {
  CHECK(run_node("image_new", "pixels <" + pixel(-1, 0, 1, 1, 1, 1) + " " +
                                  pixel(0, 0, 65535, 0, 0, 65535) + " " + pixel(0, -1, 1, 1, 1, 1) +
                                  ">") ==
        R"(err !"image.New: Pixel out of bounds" !"image.New: Pixel out of bounds"; )"
        R"(img (height: 1, pixels: b"\xff\x00\x00\xff", width: 1))");
}

TEST_CASE("image_new refuses an image that no memory holds, and goes on") {
  const std::string corner =
      "(x: 9223372036854775807, y: 1000000, color: (r: 0, g: 0, b: 0, a: 0))";
  CHECK(run_node("image_new", "pixels <" + corner + "> <>") ==
        R"(err !"image.New: image too large: 9223372036854775807x1000001"; )"
        R"(img (height: 0, pixels: b"", width: 0))");
}

TEST_CASE("image_new wants structs of ints") {
  CHECK(run_node("image_new", "pixels <1>") ==
        "failed at in:pixels: expected a struct with the field 'color', got an int 1");
  CHECK(run_node("image_new", "pixels <(x: 1.5, y: 0, color: (r: 0, g: 0, b: 0, a: 0))>") ==
        "failed at in:pixels: expected an int, got a float 1.5");
}

TEST_CASE("image_encode keeps every pixel") {
  const std::string two_rows =
      R"(b"\x01\x02\x03\x04\xff\x00\x80\x00\x00\x00\x00\x00\x05\x06\x07\xff)"
      R"(\x08\x09\x0a\x80\x0b\x0c\x0d\x01")";
  const std::string result =
      run_node("image_encode", "img (pixels: " + two_rows + ", width: 3, height: 2)");
  const message pixels = read_value(two_rows);
  CHECK(decoded(result, 3, 2) == pixels.as_bytes());
}

TEST_CASE("image_encode: no pixels mean a transparent image") {
  CHECK(decoded(run_node("image_encode", R"(img (pixels: b"", width: 2, height: 2))"), 2, 2) ==
        std::string(16, '\0'));
}

TEST_CASE("image_encode tells what is wrong and sends empty bytes") {
  CHECK(run_node("image_encode", R"(img (pixels: b"", width: 0, height: 0))") ==
        R"(err !"png: invalid format: invalid image size: 0x0"; res b"")");
  CHECK(run_node("image_encode", R"(img (pixels: b"x", width: 1, height: 1))") ==
        R"(err !"png: 1 bytes of pixels, but 1x1 needs 4"; res b"")");
  CHECK(run_node("image_encode", R"(img (pixels: b"", width: 2000000000, height: 2000000000))") ==
        R"(err !"png: image too large: 2000000000x2000000000"; res b"")");
}
