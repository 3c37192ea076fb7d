// The receiver of output events (docs/core.md, section 5.3): always ready, or by a seeded pattern.
#pragma once

#include <cstdint>

// R. Jenkins' 32-bit integer hash, H of section 1.
inline uint32_t hash(uint32_t x) {
    x = (x + 0x7ed55d16) + (x << 12);
    x = (x ^ 0xc761c23c) ^ (x >> 19);
    x = (x + 0x165667b1) + (x << 5);
    x = (x + 0xd3a2646c) ^ (x << 9);
    x = (x + 0xfd7046c5) + (x << 3);
    return (x ^ 0xb55a4f09) ^ (x >> 16);
}

inline bool receiverReady(uint32_t readiness, uint32_t seed, uint32_t cycle) {
    return readiness >= 256 || (hash(seed + cycle) >> 24) < readiness;
}
