#include "runtime/message/dict.hpp"

#include <string>

#include "runtime/message/containers.hpp"
#include "runtime/message/hash.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;

namespace {

// Finds `count` long keys whose hashes agree in the low bits, as an attacker could.
std::vector<std::string> colliding_keys(std::size_t count, std::uint64_t mask) {
  std::vector<std::string> keys;
  for (std::uint64_t i = 0; keys.size() < count; ++i) {
    std::string key = "a key of more than 14 bytes " + std::to_string(i);
    if ((hash_long(key) & mask) == 0) keys.push_back(std::move(key));
  }
  return keys;
}

bool has_table(const message& d) {
  return static_cast<const dict_payload*>(d.shared_payload())->slot_mask != 0;
}

}  // namespace

TEST_CASE("the last of several entries with one key counts") {
  const std::int64_t live_before = live_payloads();
  {
    const std::string long_key = "a key that is too long for the inline form";
    const message d = make_dict({{message::string("b"), message::integer(1)},
                                 {message::string(long_key), message::integer(2)},
                                 {message::string("b"), message::integer(3)},
                                 {message::string(long_key), message::integer(4)},
                                 {message::string(""), message::integer(5)}});
    REQUIRE(dict_size(d) == 3);
    CHECK(dict_find(d, "b")->as_integer() == 3);
    CHECK(dict_find(d, long_key)->as_integer() == 4);
    CHECK(dict_find(d, "")->as_integer() == 5);
    CHECK(dict_find(d, "c") == nullptr);
    CHECK(dict_find(d, long_key + "x") == nullptr);
    CHECK(dict_key_at(d, 0).as_string().empty());
    CHECK(dict_key_at(d, 2).as_string() == "b");
  }
  CHECK(live_payloads() == live_before);
}

TEST_CASE("the empty dict has no payload and holds nothing") {
  CHECK(empty_dict().shared_payload() == nullptr);
  CHECK(dict_size(make_dict({})) == 0);
  CHECK(dict_find(empty_dict(), "a") == nullptr);
}

TEST_CASE("keys that come from unions are found by any form of the key") {
  const message odd = message::tagged(atom(), message::string("ten bytes.")).data();
  REQUIRE(odd.shared_payload() != nullptr);
  const message d = make_dict({{odd, message::integer(1)}});
  CHECK(dict_find(d, "ten bytes.") != nullptr);
  CHECK(dict_find(d, odd) != nullptr);
  CHECK(dict_find(d, message::string("ten bytes.")) != nullptr);
}

TEST_CASE("keys are sorted by their bytes, also beyond the first eight and above ASCII") {
  const std::vector<std::string> sorted{
      std::string("\0", 1), "a",   std::string("a\0", 2), "abcdefgh", "abcdefgh1", "abcdefgh2", "z",
      "\xc3\xa9",           "\xff"};
  std::vector<std::pair<message, message>> entries;
  for (std::size_t i = sorted.size(); i-- > 0;)
    entries.emplace_back(message::string(sorted[i]), message::integer(0));
  const message d = make_dict(std::move(entries));
  REQUIRE(dict_size(d) == sorted.size());
  for (std::size_t i = 0; i < sorted.size(); ++i) CHECK(dict_key_at(d, i).as_string() == sorted[i]);
}

TEST_CASE("ordinary keys have a hash table at any size") {
  for (const int size : {1, 2, 17, 1000, 100000}) {
    for (const char* prefix : {"k", "a key of more than 14 bytes "}) {
      std::vector<std::pair<message, message>> entries;
      for (int i = 0; i < size; ++i)
        entries.emplace_back(message::string(prefix + std::to_string(i)), message::integer(i));
      const message d = make_dict(std::move(entries));
      CHECK(has_table(d));
    }
  }
}

TEST_CASE("chosen keys that collide are still all found, without a table") {
  const auto keys = colliding_keys(600, 2047);  // all want slot 0 of the 2048
  std::vector<std::pair<message, message>> entries;
  for (const std::string& key : keys)
    entries.emplace_back(message::string(key), message::string(key));
  const message d = make_dict(std::move(entries));
  CHECK_FALSE(has_table(d));
  for (const std::string& key : keys) {
    REQUIRE(dict_find(d, key) != nullptr);
    CHECK(dict_find(d, key)->as_string() == key);
  }
  CHECK(dict_find(d, "no such key in all the dict") == nullptr);
  CHECK(dict_find(d, "short") == nullptr);
}

TEST_CASE("the hash of similar keys differs in low and high halves") {
  std::vector<int> low(256), high(256);
  constexpr int count = 25600;
  for (int i = 0; i < count; ++i) {
    const message key = message::string("key" + std::to_string(i));
    const std::uint64_t h = hash_words(key.first_word(), key.second_word());
    ++low[h & 255];
    ++high[h >> 56];
  }
  for (int i = 0; i < 256; ++i) {
    CHECK(low[static_cast<std::size_t>(i)] < 160);  // 100 expected, 6 standard deviations
    CHECK(high[static_cast<std::size_t>(i)] < 160);
  }
  CHECK(hash_long("0123456789abcdef0") != hash_long("0123456789abcdef1"));
  CHECK(hash_long(std::string(17, '\0')) != hash_long(std::string(18, '\0')));
}
