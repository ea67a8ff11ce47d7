// libcurl, loaded when the first program asks for a page.
//
// It is not linked: the thirty libraries that it brings would cost every start of nevaperf some 20
// ms.
//
// Thread safety: any thread.
#pragma once

#include <curl/curl.h>

#include "core/base/error.hpp"

namespace nevaperf::runtime {

// The functions that are used, with the types that curl.h gives them.
struct curl_library {
  decltype(&::curl_global_init) global_init;
  decltype(&::curl_easy_init) easy_init;
  decltype(&::curl_easy_setopt) easy_setopt;
  decltype(&::curl_easy_getinfo) easy_getinfo;
  decltype(&::curl_easy_reset) easy_reset;
  decltype(&::curl_easy_cleanup) easy_cleanup;
  decltype(&::curl_easy_strerror) easy_strerror;
  decltype(&::curl_multi_init) multi_init;
  decltype(&::curl_multi_add_handle) multi_add_handle;
  decltype(&::curl_multi_remove_handle) multi_remove_handle;
  decltype(&::curl_multi_perform) multi_perform;
  decltype(&::curl_multi_poll) multi_poll;
  decltype(&::curl_multi_info_read) multi_info_read;
  decltype(&::curl_multi_cleanup) multi_cleanup;
  decltype(&::curl_multi_strerror) multi_strerror;

  // Stays loaded for the life of the process.
  static base::result<const curl_library*> load();
};

}  // namespace nevaperf::runtime
