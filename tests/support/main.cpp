#define CATCH_CONFIG_MAIN
#include "support/catch.hpp"

#if __has_include(<catch2/catch_all.hpp>)
int main(int argc, char* argv[]) { return Catch::Session().run(argc, argv); }
#endif

#ifdef __SANITIZE_ADDRESS__
#include <dlfcn.h>

// Leaks are counted at the end. A graphics driver that was unloaded by then has taken its pointers
// along, and what it still kept would look lost.
extern "C" int dlclose(void* /*library*/) noexcept { return 0; }
#endif
