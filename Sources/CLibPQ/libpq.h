// Debian keeps the header in a folder that pkg-config names.
#include <libpq-fe.h>
