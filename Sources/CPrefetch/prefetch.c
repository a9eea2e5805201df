// The functions are in the header, so that they are compiled where they are used; a target needs one source.
#include "CPrefetch.h"
