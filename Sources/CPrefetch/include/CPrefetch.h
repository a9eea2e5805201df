#pragma once

/// Asks the processor to fetch the cache line of an address that will be read soon. Any address is allowed.
static inline void almoner_prefetch(const void *address) {
    __builtin_prefetch(address, 0, 2);
}
