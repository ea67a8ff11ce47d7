#include "runtime/system/curl_library.hpp"

#include <dlfcn.h>

#include <optional>
#include <string>

namespace nevaperf::runtime {

namespace {

constexpr const char* file_name = "libcurl.so.4";

struct loaded_library {
  curl_library functions = {};
  std::optional<base::error> failure;

  loaded_library() {
    void* const library = dlopen(file_name, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
      fail();
      return;
    }
    find(library, functions.global_init, "curl_global_init");
    find(library, functions.easy_init, "curl_easy_init");
    find(library, functions.easy_setopt, "curl_easy_setopt");
    find(library, functions.easy_getinfo, "curl_easy_getinfo");
    find(library, functions.easy_reset, "curl_easy_reset");
    find(library, functions.easy_cleanup, "curl_easy_cleanup");
    find(library, functions.easy_strerror, "curl_easy_strerror");
    find(library, functions.multi_init, "curl_multi_init");
    find(library, functions.multi_add_handle, "curl_multi_add_handle");
    find(library, functions.multi_remove_handle, "curl_multi_remove_handle");
    find(library, functions.multi_perform, "curl_multi_perform");
    find(library, functions.multi_poll, "curl_multi_poll");
    find(library, functions.multi_info_read, "curl_multi_info_read");
    find(library, functions.multi_cleanup, "curl_multi_cleanup");
    find(library, functions.multi_strerror, "curl_multi_strerror");
    if (!failure && functions.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
      failure = base::error{.what = "libcurl does not start", .where = {}, .next = {}};
  }

 private:
  void fail() {
    const char* why = dlerror();
    failure =
        base::error{.what = "libcurl cannot be loaded: " + std::string(why ? why : file_name) +
                            "; install libcurl4",
                    .where = {},
                    .next = {}};
  }

  template <class Function>
  void find(void* library, Function& into, const char* name) {
    into = reinterpret_cast<Function>(dlsym(library, name));
    if (into == nullptr && !failure) fail();
  }
};

}  // namespace

base::result<const curl_library*> curl_library::load() {
  static const loaded_library library;
  if (library.failure) return *library.failure;
  return &library.functions;
}

}  // namespace nevaperf::runtime
