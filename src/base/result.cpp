#include "base/result.hpp"

#include "base/check.hpp"

std::string_view name(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::Refused: return "refused";
        case ErrorKind::NotFound: return "not_found";
        case ErrorKind::InvalidInput: return "invalid_input";
        case ErrorKind::Storage: return "storage";
        case ErrorKind::Network: return "network";
        case ErrorKind::Device: return "device";
    }
    CHECK(false);
}
