#ifndef ALMONER_CZLIB_H
#define ALMONER_CZLIB_H

#include <zlib.h>

// deflateInit2 is a macro, which Swift does not see. 31 is the widest window, with gzip's head and tail.
static inline int almoner_gzip_begin(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
}

#endif
