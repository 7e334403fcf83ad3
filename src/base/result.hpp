// What a function returns that can be refused by a rule or failed by the world.
// A refusal and a failure are values; a broken promise of our own code is a CHECK (check.hpp).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

enum class ErrorKind : std::uint8_t {
    Refused,       // a rule of the product says no
    NotFound,      // no such unit, variant, lot, warehouse or location
    InvalidInput,  // the words or the file given cannot be understood
    Storage,       // the database or the disk
    Network,       // the hub or the way to it
    Device,        // the camera, the display, the sound
};

// `message` is one line in plain words that says what to do next. It is shown as it stands.
struct Error {
    ErrorKind kind = ErrorKind::Refused;
    std::string message;
    bool retry_helps = false;  // the same call may succeed later without anything being changed
    bool in_doubt = false;     // it is not known whether the act took effect
};

// The name of a kind in JSON: "refused", "not_found", "invalid_input", "storage", "network",
// "device".
std::string_view name(ErrorKind kind);

// Has std::expected's member names, so that the alias can change when the compilers of all
// supported distributions have it.
template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorKind kind, std::string message) {
    return tl::unexpected<Error>(Error{kind, std::move(message)});
}
inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }
