// Tracking numbers of parcel carriers: they stand on the box of a unit and are never its serial.
// Pure; linear. Sources: UPU S10 (postal items, check digit by weights 8 6 4 2 3 5 9 7, modulo 11);
// UPS ("1Z", check digit modulo 10 over letters as digits); USPS Publication 199 (Intelligent Mail
// package barcode, 20 to 22 digits or 30 to 34 with the ZIP in front, modulo 10); FedEx Ground
// ("96", 22 digits, modulo 10); DHL ("JD", "JJD" and digits).
#pragma once

#include <string_view>

namespace label {

// Whose tracking number the text is, "UPS"; "" = nobody's. Only such as a check digit or a reserved
// beginning proves.
std::string_view carrier_of(std::string_view text);

}  // namespace label
