// CHECK(condition): a promise of our own code. When it is broken the program says where and stops,
// in release builds too, because going on could write a wrong record.
#pragma once

#include <cstdio>
#include <cstdlib>

[[noreturn]] inline void check_failed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "unitrail: a bug: %s does not hold at %s:%d\n", condition, file, line);
    std::abort();
}

#define CHECK(condition) \
    ((condition) ? static_cast<void>(0) : check_failed(#condition, __FILE__, __LINE__))
