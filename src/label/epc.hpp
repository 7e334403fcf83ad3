// EPC URIs: "urn:epc:id:sgtin:0614141.107346.2017", also as tag ("urn:epc:tag:sgtin-96:3.…") and
// class ("urn:epc:class:lgtin:…"). Pure; linear.
// Source: GS1 EPC Tag Data Standard, Release 2.1, section 6.
#pragma once

#include <optional>
#include <string_view>

#include "label/field.hpp"

namespace label {

// Nothing when it does not begin with "urn:epc:". The fields' codes are the application identifiers
// that the EPC stands for.
std::optional<Parsed> parse_epc(std::string_view text, int century_of);

}  // namespace label
