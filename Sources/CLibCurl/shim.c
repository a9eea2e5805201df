#include "CLibCurl.h"

CURLcode almoner_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

CURLcode almoner_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

CURLcode almoner_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

CURLcode almoner_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

CURLcode almoner_curl_set_context(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

CURLcode almoner_curl_set_transfer(CURL *handle, CURLoption option,
                                   size_t (*callback)(char *bytes, size_t size, size_t count, void *context)) {
    return curl_easy_setopt(handle, option, callback);
}

CURLcode almoner_curl_set_progress(CURL *handle,
                                   int (*callback)(void *context, curl_off_t download_total, curl_off_t download,
                                                   curl_off_t upload_total, curl_off_t upload)) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, callback);
}

CURLcode almoner_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}
