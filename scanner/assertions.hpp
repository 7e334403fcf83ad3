// The distribution builds the barcode library with its assertions, and some of them are about what
// a picture shows: a damaged symbol would end the program. Here an assertion costs one picture.
#pragma once

#include <functional>

namespace scanner {

// Calls it. False when an assertion in it did not hold; what it had allocated is lost then. An
// exception goes through. Any thread, and also within another such call.
bool holds_assertions(const std::function<void()>& call);

}  // namespace scanner
