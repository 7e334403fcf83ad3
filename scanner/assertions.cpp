#include "scanner/assertions.hpp"

#include <csetjmp>
#include <cstdio>
#include <cstdlib>

namespace scanner {
namespace {

thread_local std::jmp_buf* way_out = nullptr;  // of the innermost call of this thread

}  // namespace

bool holds_assertions(const std::function<void()>& call) {
    struct Entered {
        std::jmp_buf* outer = way_out;
        ~Entered() { way_out = outer; }
    } const entered;
    std::jmp_buf here;
    way_out = &here;
    if (setjmp(here) != 0) return false;
    call();
    return true;
}

}  // namespace scanner

#ifdef __GLIBC__
// What <assert.h> calls, in every library of the program: the dynamic linker takes this definition
// first. An exception cannot leave it, for its callers know that none does; so it is jumped over
// them, and their destructors do not run.
extern "C" [[noreturn]] void __assert_fail(  // NOLINT(bugprone-reserved-identifier)
    const char* assertion, const char* file, unsigned int line, const char* function) noexcept {
    if (scanner::way_out != nullptr) std::longjmp(*scanner::way_out, 1);  // NOLINT(cert-err52-cpp)
    std::fprintf(stderr, "%s:%u: %s: Assertion `%s' failed.\n", file, line,
                 function == nullptr ? "" : function, assertion);
    std::abort();
}
#endif
