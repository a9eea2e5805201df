#ifndef ALMONER_CLIBCURL_H
#define ALMONER_CLIBCURL_H

#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo take a variable argument list, which Swift cannot call: one function a type.

CURLcode almoner_curl_set_long(CURL *handle, CURLoption option, long value);
CURLcode almoner_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value);
CURLcode almoner_curl_set_string(CURL *handle, CURLoption option, const char *value);
CURLcode almoner_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value);
CURLcode almoner_curl_set_context(CURL *handle, CURLoption option, void *value);
CURLcode almoner_curl_set_transfer(CURL *handle, CURLoption option,
                                   size_t (*callback)(char *bytes, size_t size, size_t count, void *context));
CURLcode almoner_curl_set_progress(CURL *handle,
                                   int (*callback)(void *context, curl_off_t download_total, curl_off_t download,
                                                   curl_off_t upload_total, curl_off_t upload));
CURLcode almoner_curl_get_long(CURL *handle, CURLINFO info, long *value);

#endif
