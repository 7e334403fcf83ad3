// The name that libFuzzer calls.
#include "fuzz/target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    look({reinterpret_cast<const char*>(data), size});
    return 0;
}
