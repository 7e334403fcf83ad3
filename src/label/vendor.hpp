// Codes of vendors: keys and values in their many forms, JSON, device onboarding (LoRaWAN, Wi-Fi),
// and access data that must never become a serial. Pure; linear.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "label/field.hpp"

namespace label {

// What a key names, without regard to case, blanks and punctuation: "S/N", "Serial No.", "sn" are
// all Serial. Other for a key that is known but names nothing of a unit, and for unknown ones.
FieldName field_of_key(std::string_view key);
bool is_known_key(std::string_view key);

// Appends the field of one pair, its value checked and in its usual form; an unknown key's as
// Other.
void add_pair(Parsed& parsed, std::string_view key, std::string_view value, int century_of);

// "SN=…;M=…", "S/N: … MAC: …", lines of "key: value". Nothing unless a key is known.
std::optional<Parsed> parse_key_values(std::string_view text, int century_of);

// {"sn": "…"}, {pbn:PICK1,pm:RC0402}: one object, its members read as pairs. Nothing when it does
// not begin with a brace and hold a pair.
std::optional<Parsed> parse_json(std::string_view text, int century_of);

// "LW:D0:JoinEUI:DevEUI:ProfileID:Options…" (LoRa Alliance TR005-1.0), also "URN:LW:DP:…".
std::optional<Parsed> parse_lorawan(std::string_view text);

// "DPP:I:SN=…;M:…;K:…;;" (Wi-Fi Easy Connect 3.0, 5.2.1). The public key is not kept.
std::optional<Parsed> parse_wifi_connect(std::string_view text, int century_of);

// Codes that open something: Wi-Fi passwords, Matter and HomeKit setup codes, contacts. They name
// no unit and are not kept.
std::optional<Parsed> parse_access(std::string_view text);

}  // namespace label
