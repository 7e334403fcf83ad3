#include "label/data_identifiers.hpp"

#include <algorithm>
#include <vector>

#include "label/characters.hpp"
#include "label/dates.hpp"
#include "label/identifiers.hpp"

namespace label {
namespace {

using enum DiForm;
using N = FieldName;

// clang-format off
constexpr DataIdentifier kIdentifiers[] = {
    {"1B", N::Other, Text, "container serial"},
    {"2B", N::Other, Text, "gas cylinder"},
    {"7B", N::Other, Text, "container"},
    {"25B", N::Other, Text, "returnable transport item"},
    {"55B", N::Other, Text, "returnable transport item"},
    {"C", N::Other, Text, "continuation"},
    {"D", N::Expiry, ExpiryDate, "date YYMMDD; of expiry on pharmacy packs"},
    {"9D", N::DateCode, DateOrCode, "date of the agreed kind"},
    {"10D", N::DateCode, Text, "date code YYWW"},
    {"11D", N::DateCode, Text, "date code YYYYWW"},
    {"12D", N::DateCode, DateOrCode, "date YYYYMMDD"},
    {"13D", N::DateCode, Text, "oldest and newest date code"},
    {"14D", N::Expiry, ExpiryDate, "expiry YYYYMMDD"},
    {"15D", N::Expiry, DayFirst, "expiry DDMMYYYY"},
    {"16D", N::MfgDate, DateOrCode, "production YYYYMMDD"},
    {"17D", N::MfgDate, DayFirst, "production DDMMYYYY"},
    {"1E", N::Other, Text, "air pressure"},
    {"1H", N::Other, Text, "employee"},
    {"I", N::Other, Text, "vehicle"},
    {"J", N::Other, Text, "licence plate"},
    {"1J", N::Other, Text, "licence plate of a smallest package"},
    {"2J", N::Other, Text, "licence plate of packages of one kind"},
    {"3J", N::Other, Text, "licence plate"},
    {"4J", N::Other, Text, "licence plate of mixed packages"},
    {"5J", N::Other, Text, "licence plate"},
    {"6J", N::Other, Text, "licence plate of a master package"},
    {"K", N::Order, Text, "customer's order"},
    {"1K", N::Order, Text, "supplier's order"},
    {"2K", N::Other, Text, "bill of lading"},
    {"3K", N::Other, Text, "manifest"},
    {"4K", N::Other, Text, "line of the order"},
    {"5K", N::Other, Text, "Kanban"},
    {"6K", N::Other, Text, "PRO number"},
    {"8K", N::Other, Text, "contract"},
    {"10K", N::Other, Text, "invoice"},
    {"11K", N::Other, Text, "packing list"},
    {"12K", N::Other, Text, "SCAC code and PRO number"},
    {"13K", N::Other, Text, "bill of lading"},
    {"14K", N::Other, Text, "order and line"},
    {"15K", N::Other, Text, "Kanban"},
    {"20K", N::Other, Text, "pull signal"},
    {"L", N::Other, Text, "storage location"},
    {"1L", N::Other, Text, "location"},
    {"2L", N::Other, Text, "ship to"},
    {"3L", N::Other, Text, "ship from"},
    {"4L", N::Other, Text, "country of origin"},
    {"10L", N::Other, Text, "customer's location"},
    {"20L", N::Other, Text, "first level of storage"},
    {"21L", N::Other, Text, "second level of storage"},
    {"22L", N::Other, Text, "point of use"},
    {"23L", N::Other, Text, "harvest"},
    {"27L", N::Other, Text, "ship to"},
    {"8N", N::Other, Text, "article of a national register"},
    {"9N", N::Ppn, Pharmacy, "pharmacy product number"},
    {"P", N::CustomerPart, Text, "part of the customer"},
    {"1P", N::Part, Text, "part of the maker"},
    {"2P", N::Other, Text, "revision"},
    {"3P", N::Gtin, ProductCode, "product code"},
    {"4P", N::Other, Text, "part of the maker, partial"},
    {"8P", N::Gtin, ProductCode, "product code"},
    {"9P", N::Other, Text, "maker and part"},
    {"10P", N::Other, Text, "hazardous material"},
    {"11P", N::Other, Text, "CLEI"},
    {"12P", N::Other, Text, "document kind"},
    {"17P", N::Other, Text, "document"},
    {"18P", N::Other, Text, "maker's code and part"},
    {"20P", N::Other, Text, "product group"},
    {"21P", N::Other, Text, "part, further digits"},
    {"25P", N::Part, Text, "company and part"},
    {"26P", N::Other, Text, "company and revision"},
    {"30P", N::SupplierPart, Text, "part of the supplier"},
    {"31P", N::SupplierPart, Text, "part of the supplier"},
    {"32P", N::Other, Text, "production number"},
    {"33P", N::Other, Text, "bin"},
    {"49P", N::Other, Text, "country and part"},
    {"50P", N::Other, Text, "part of the enterprise"},
    {"51P", N::Other, Text, "part of the maker"},
    {"52P", N::Other, Text, "colour"},
    {"54P", N::Other, Text, "medical product"},
    {"Q", N::Qty, Number, "quantity"},
    {"1Q", N::Other, Text, "theoretical length or weight"},
    {"2Q", N::Other, Text, "weight"},
    {"3Q", N::Other, Text, "unit of measure"},
    {"4Q", N::Other, Text, "gross amount"},
    {"5Q", N::Other, Text, "net amount"},
    {"6Q", N::Other, Text, "containers in order"},
    {"7Q", N::Other, Text, "quantity with its unit"},
    {"11Q", N::Other, Text, "container size"},
    {"12Q", N::Other, Text, "weight of an item"},
    {"13Q", N::Other, Text, "number of packages"},
    {"14Q", N::Other, Text, "packages of total"},
    {"20Q", N::Other, Text, "inside quantity"},
    {"R", N::Other, Text, "return"},
    {"1R", N::Other, Text, "return authorization"},
    {"2R", N::Other, Text, "return code"},
    {"S", N::Serial, Text, "serial"},
    {"1S", N::Other, Text, "serial of another package level"},
    {"2S", N::Other, Text, "advance shipping notice"},
    {"3S", N::Other, Text, "package"},
    {"4S", N::Other, Text, "master package"},
    {"5S", N::Other, Text, "package group"},
    {"6S", N::Other, Text, "packages of a shipment"},
    {"7S", N::Other, Text, "package"},
    {"8S", N::Other, Text, "supplier"},
    {"9S", N::Other, Text, "package"},
    {"10S", N::Other, Text, "machine or tool"},
    {"11S", N::AssetTag, Text, "fixed asset"},
    {"12S", N::Other, Text, "file"},
    {"13S", N::Other, Text, "batch counter"},
    {"15S", N::Other, Text, "serial of the customer"},
    {"16S", N::Other, Text, "version"},
    {"17S", N::Other, Text, "supplier and package"},
    {"18S", N::Serial, Text, "CAGE code and serial"},
    {"20S", N::Other, Text, "traceability of the customer"},
    {"21S", N::Other, Text, "version"},
    {"22S", N::Imei, ImeiNumber, "electronic serial of a phone"},
    {"23S", N::Mac, MacAddress, "MAC address"},
    {"25S", N::Serial, Text, "company and serial"},
    {"26S", N::Other, Text, "device, readable"},
    {"27S", N::Other, Text, "device of a company"},
    {"30S", N::SecondarySerial, Text, "further traceability of the supplier"},
    {"31S", N::Other, Text, "first serial of a row"},
    {"32S", N::Other, Text, "last serial of a row"},
    {"96S", N::Other, Text, "EPC"},
    {"97S", N::Other, Text, "encrypted serial"},
    {"98S", N::Other, Text, "password"},
    {"T", N::Lot, Text, "lot of the customer"},
    {"1T", N::Lot, Text, "lot of the maker"},
    {"3T", N::Other, Text, "production of an exclusive kind"},
    {"20T", N::Other, Text, "traceability group"},
    {"25T", N::Lot, Text, "company and lot"},
    {"30T", N::Lot, Text, "lot, first part"},
    {"31T", N::Other, Text, "lot, second part"},
    {"32T", N::Other, Text, "lot, third part"},
    {"U", N::Other, Text, "UPU item"},
    {"V", N::Other, Text, "supplier"},
    {"1V", N::Other, Text, "supplier"},
    {"3V", N::Other, Text, "company prefix"},
    {"4V", N::Other, Text, "carrier"},
    {"5V", N::Other, Text, "financial institution"},
    {"6V", N::Other, Text, "maker"},
    {"7V", N::Other, Text, "liable party"},
    {"8V", N::Other, Text, "customer"},
    {"9V", N::Other, Text, "customer"},
    {"10V", N::Other, Text, "maker"},
    {"11V", N::Other, Text, "organisation with a budget"},
    {"12V", N::Other, Text, "DUNS of the maker"},
    {"13V", N::Other, Text, "DUNS of the supplier"},
    {"14V", N::Other, Text, "DUNS of the customer"},
    {"15V", N::Other, Text, "carrier"},
    {"16V", N::Other, Text, "supplier and company"},
    {"17V", N::Other, Text, "CAGE code"},
    {"18V", N::Other, Text, "agency and company"},
    {"20V", N::Other, Text, "agency"},
    {"21V", N::Other, Text, "organisation"},
    {"E", N::Other, Text, "environment"},
    {"1Z", N::Other, Text, "structured as agreed"},
    {"3Z", N::Other, Text, "free text"},
    {"4Z", N::Other, Text, "structured as agreed"},
    {"Z", N::Other, Text, "as agreed"},
    {"33L", N::Url, Text, "URL"},
};
// clang-format on

constexpr std::size_t kPiecesMax = 64;

void refuse(Parsed& parsed, std::string_view text, std::string why) {
    parsed.warnings.push_back(std::move(why));
    parsed.rest += (parsed.rest.empty() ? "" : " ") + std::string(text);
}

// How long the identifier at the front is: up to three digits and a capital letter; 0 = there is
// none.
std::size_t identifier_size(std::string_view text) {
    std::size_t digits = 0;
    while (digits < text.size() && digits < 3 && is_digit(text[digits])) ++digits;
    if (digits == text.size() || text[digits] < 'A' || text[digits] > 'Z') return 0;
    return digits + 1;
}

std::optional<std::string> as_day(std::string_view value, int century_of) {
    auto day = from_yymmdd(value, century_of);
    if (!day) day = from_yyyymmdd(value);
    return day ? std::optional(inventory::to_iso(*day)) : std::nullopt;
}

// IFA: the last two digits are the sum of character codes, weighted 2, 3, 4 …, modulo 97.
bool is_ppn(std::string_view text) {
    if (text.size() < 5 || text.size() > 22 || !all_digits(text.substr(text.size() - 2)))
        return false;
    std::size_t sum = 0;
    for (std::size_t i = 0; i + 2 < text.size(); ++i)
        sum += (i + 2) * static_cast<unsigned char>(text[i]);
    const int check = (text[text.size() - 2] - '0') * 10 + (text.back() - '0');
    return static_cast<int>(sum % 97) == check;
}

void add_date(Parsed& parsed, const DataIdentifier& di, std::string_view value, int century_of) {
    const std::string code(di.code);
    const auto day = as_day(value, century_of);
    // An identifier of a date code keeps the code as printed beside the day that it names.
    if (di.name == FieldName::DateCode || (!day && all_digits(value) && value.size() == 4))
        parsed.fields.push_back({FieldName::DateCode, std::string(value), code});
    if (day)
        parsed.fields.push_back(
            {di.name == FieldName::DateCode ? FieldName::MfgDate : di.name, *day, code});
    else if (di.name != FieldName::DateCode && value.size() != 4)
        refuse(parsed, code + std::string(value), code + " holds no date: " + std::string(value));
}

void add_checked(Parsed& parsed, const DataIdentifier& di, std::optional<std::string> value,
                 std::string_view text, std::string_view what) {
    if (value)
        parsed.fields.push_back({di.name, std::move(*value), std::string(di.code)});
    else
        refuse(parsed, text, std::string(di.code) + " is no right " + std::string(what));
}

}  // namespace

const DataIdentifier* find_data_identifier(std::string_view text) {
    const std::string_view code = text.substr(0, identifier_size(text));
    const auto found = std::ranges::find(kIdentifiers, code, &DataIdentifier::code);
    return found == std::end(kIdentifiers) ? nullptr : found;
}

void add_data_field(Parsed& parsed, std::string_view text, int century_of) {
    const DataIdentifier* di = find_data_identifier(text);
    if (const std::size_t size = identifier_size(text); di == nullptr && size > 0) {
        // Not of this table, but an identifier: kept under its code.
        if (const auto value = stripped(text.substr(size)); !value.empty())
            parsed.fields.push_back(
                {FieldName::Other, std::string(value), std::string(text.substr(0, size))});
        return;
    }
    if (di == nullptr) {
        refuse(parsed, text,
               "no data identifier begins \"" + std::string(text.substr(0, 4)) + "\"");
        return;
    }
    const std::string_view value = stripped(text.substr(di->code.size()));
    const std::string code(di->code);
    if (value.empty()) return;  // printers leave empty fields in
    switch (di->form) {
        case Text: parsed.fields.push_back({di->name, std::string(value), code}); break;
        case Number:
            if (all_digits(value))
                parsed.fields.push_back({di->name, std::string(without_zeros(value)), code});
            else
                refuse(parsed, text, code + " needs a whole number");
            break;
        case DateOrCode:
        case ExpiryDate: add_date(parsed, *di, value, century_of); break;
        case DayFirst: {
            const auto day = from_ddmmyyyy(value);
            add_checked(parsed, *di, day ? std::optional(inventory::to_iso(*day)) : std::nullopt,
                        text, "date");
            break;
        }
        case MacAddress: add_checked(parsed, *di, named_mac(value), text, "MAC address"); break;
        case ImeiNumber: add_checked(parsed, *di, as_imei(value), text, "IMEI"); break;
        case ProductCode: add_checked(parsed, *di, as_gtin(value), text, "product code"); break;
        case Pharmacy:
            add_checked(parsed, *di,
                        is_ppn(value) ? std::optional(std::string(value)) : std::nullopt, text,
                        "pharmacy product number");
            break;
    }
}

void settle_data_fields(Parsed& parsed) {
    if (const std::string* qty = find(parsed, FieldName::Qty); qty != nullptr && *qty != "1")
        parsed.warnings.push_back("qty " + *qty + " is not one unit");
    // The maker's own lot goes before the customer's name for it.
    const auto lot_of = [](std::string_view code) {
        return [code](const Field& field) {
            return field.name == FieldName::Lot && field.code == code;
        };
    };
    const auto makers = std::ranges::find_if(parsed.fields, lot_of("1T"));
    const auto customers = std::ranges::find_if(parsed.fields, lot_of("T"));
    if (makers != parsed.fields.end() && customers != parsed.fields.end() && customers < makers)
        std::iter_swap(makers, customers);
}

std::optional<Parsed> parse_joined_identifiers(std::string_view text, int century_of) {
    if (text.find('+') == std::string_view::npos || find_data_identifier(text) == nullptr)
        return std::nullopt;
    std::vector<std::string_view> pieces;
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view piece = take_until(rest, '+');
        const DataIdentifier* di = find_data_identifier(piece);
        // A piece without an identifier belongs to the value before it: "+" is a character too.
        if (di == nullptr || piece.size() == di->code.size() || pieces.size() >= kPiecesMax)
            return std::nullopt;
        pieces.push_back(piece);
    }
    // One letter alone proves little: "A12+S3" is a plain code.
    const auto has_digit = [](std::string_view piece) { return is_digit(piece.front()); };
    if (pieces.size() < 2 || std::ranges::none_of(pieces, has_digit)) return std::nullopt;
    Parsed parsed;
    parsed.family = Family::DataIdentifiers;
    for (const std::string_view piece : pieces) add_data_field(parsed, piece, century_of);
    settle_data_fields(parsed);
    return parsed;
}

}  // namespace label
