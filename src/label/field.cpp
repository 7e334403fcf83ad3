#include "label/field.hpp"

#include <algorithm>

namespace label {

std::string_view name(Family family) {
    switch (family) {
        case Family::Plain: return "plain";
        case Family::Gs1: return "gs1";
        case Family::BracketedGs1: return "gs1_bracketed";
        case Family::DigitalLink: return "digital_link";
        case Family::Epc: return "epc";
        case Family::Iso15434: return "iso15434";
        case Family::DataIdentifiers: return "data_identifiers";
        case Family::Hibc: return "hibc";
        case Family::ProductCode: return "product_code";
        case Family::Mac: return "mac";
        case Family::Imei: return "imei";
        case Family::LoraWan: return "lorawan";
        case Family::WifiConnect: return "dpp";
        case Family::Access: return "access";
        case Family::KeyValue: return "key_value";
        case Family::Json: return "json";
        case Family::Url: return "url";
        case Family::Lines: return "lines";
    }
    return "";
}

std::string_view name(FieldName field) {
    switch (field) {
        case FieldName::Other: return "";
        case FieldName::Serial: return "serial";
        case FieldName::SecondarySerial: return "secondary_serial";
        case FieldName::ThirdPartySerial: return "third_party_serial";
        case FieldName::Gtin: return "gtin";
        case FieldName::Sscc: return "sscc";
        case FieldName::Grai: return "grai";
        case FieldName::Lot: return "lot";
        case FieldName::Expiry: return "expiry";
        case FieldName::BestBefore: return "best_before";
        case FieldName::Production: return "production";
        case FieldName::MfgDate: return "mfg_date";
        case FieldName::DateCode: return "date_code";
        case FieldName::Part: return "part";
        case FieldName::CustomerPart: return "customer_part";
        case FieldName::SupplierPart: return "supplier_part";
        case FieldName::Qty: return "qty";
        case FieldName::Count: return "count";
        case FieldName::Order: return "order";
        case FieldName::Lic: return "lic";
        case FieldName::Pcn: return "pcn";
        case FieldName::Ppn: return "ppn";
        case FieldName::Mac: return "mac";
        case FieldName::Eui64: return "eui64";
        case FieldName::JoinEui: return "join_eui";
        case FieldName::Imei: return "imei";
        case FieldName::Url: return "url";
        case FieldName::UnitOfMeasure: return "unit_of_measure";
        case FieldName::Link: return "link";
        case FieldName::Giai: return "giai";
        case FieldName::AssetTag: return "asset_tag";
        case FieldName::VendorHint: return "vendor_hint";
        case FieldName::ExpressCode: return "express_code";
        case FieldName::ForeignKey: return "foreign_key";
        case FieldName::RawText: return "raw_text";
    }
    return "";
}

bool is_number(FieldName field) {
    return field == FieldName::Qty || field == FieldName::Count ||
           field == FieldName::UnitOfMeasure;
}

const Field* find_field(const Parsed& parsed, FieldName field) {
    const auto found = std::ranges::find(parsed.fields, field, &Field::name);
    return found == parsed.fields.end() ? nullptr : &*found;
}

const std::string* find(const Parsed& parsed, FieldName field) {
    const Field* found = find_field(parsed, field);
    return found == nullptr ? nullptr : &found->value;
}

}  // namespace label
