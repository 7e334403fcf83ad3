// One fuzz target: look() is given any bytes and may only return. Under clang libFuzzer makes them
// up; under g++ replay.cpp gives the corpus and changed copies of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.hpp"
#include "label/field.hpp"

inline constexpr int kFuzzYear = 2026;

void look(std::string_view bytes);

// What holds of every answer, whatever was asked.
inline void check_fields(const label::Parsed& parsed) {
    for (const label::Field& field : parsed.fields) {
        CHECK(!field.value.empty());
        if (field.name == label::FieldName::Gtin) CHECK(field.value.size() == 14);
        if (field.name == label::FieldName::Mac) CHECK(field.value.size() == 12);
        if (field.name == label::FieldName::Expiry) CHECK(field.value.size() == 10);
        if (label::is_number(field.name))
            CHECK(field.value.find_first_not_of("0123456789") == std::string::npos);
    }
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
