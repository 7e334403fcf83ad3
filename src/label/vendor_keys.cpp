// What the keys of vendors mean.
#include <algorithm>
#include <array>

#include "inventory/gtin.hpp"
#include "label/characters.hpp"
#include "label/dates.hpp"
#include "label/identifiers.hpp"
#include "label/vendor.hpp"

namespace label {
namespace {

using N = FieldName;

struct Key {
    std::string_view word;  // lower case, letters and digits only
    FieldName name;
};

constexpr auto kKeys = [] {
    auto keys = std::to_array<Key>({
        {"sn", N::Serial},
        {"serial", N::Serial},
        {"serialno", N::Serial},
        {"serialnum", N::Serial},
        {"serialnumber", N::Serial},
        {"serialnr", N::Serial},
        {"ser", N::Serial},
        {"serno", N::Serial},
        {"sernum", N::Serial},
        {"sernr", N::Serial},
        {"snr", N::Serial},
        {"srno", N::Serial},
        {"seriennummer", N::Serial},
        {"seriennr", N::Serial},
        {"numeroserie", N::Serial},
        {"numerodeserie", N::Serial},
        {"nserie", N::Serial},
        {"matricola", N::Serial},
        {"productsn", N::Serial},
        {"devicesn", N::Serial},
        {"unitsn", N::Serial},
        {"deviceserial", N::Serial},
        {"deviceserialnumber", N::Serial},
        {"productserialnumber", N::Serial},
        {"sno", N::Serial},
        {"\xE5\xBA\x8F\xE5\x88\x97\xE5\x8F\xB7", N::Serial},
        {"sn2", N::SecondarySerial},
        {"serial2", N::SecondarySerial},
        {"secondaryserial", N::SecondarySerial},
        {"secondarysn", N::SecondarySerial},
        {"secondaryserialnumber", N::SecondarySerial},
        {"gtin", N::Gtin},
        {"gtin14", N::Gtin},
        {"gtin13", N::Gtin},
        {"ean", N::Gtin},
        {"ean13", N::Gtin},
        {"eancode", N::Gtin},
        {"upc", N::Gtin},
        {"upca", N::Gtin},
        {"jan", N::Gtin},
        {"sscc", N::Sscc},
        {"lot", N::Lot},
        {"lotno", N::Lot},
        {"lotnr", N::Lot},
        {"lotnumber", N::Lot},
        {"lotcode", N::Lot},
        {"batch", N::Lot},
        {"batchno", N::Lot},
        {"batchnr", N::Lot},
        {"batchnumber", N::Lot},
        {"batchcode", N::Lot},
        {"charge", N::Lot},
        {"chb", N::Lot},
        {"exp", N::Expiry},
        {"expiry", N::Expiry},
        {"expirydate", N::Expiry},
        {"expdate", N::Expiry},
        {"expiration", N::Expiry},
        {"expirationdate", N::Expiry},
        {"expires", N::Expiry},
        {"useby", N::Expiry},
        {"usebydate", N::Expiry},
        {"verfall", N::Expiry},
        {"verwendbarbis", N::Expiry},
        {"validuntil", N::Expiry},
        {"bestbefore", N::BestBefore},
        {"bestbeforedate", N::BestBefore},
        {"bbd", N::BestBefore},
        {"bbe", N::BestBefore},
        {"mhd", N::BestBefore},
        {"mfg", N::MfgDate},
        {"mfgdate", N::MfgDate},
        {"mfd", N::MfgDate},
        {"mfddate", N::MfgDate},
        {"manufactured", N::MfgDate},
        {"mdate", N::MfgDate},
        {"manufacturedate", N::MfgDate},
        {"manufacturingdate", N::MfgDate},
        {"dateofmanufacture", N::MfgDate},
        {"dom", N::MfgDate},
        {"proddate", N::MfgDate},
        {"productiondate", N::MfgDate},
        {"production", N::MfgDate},
        {"prd", N::MfgDate},
        {"dc", N::DateCode},
        {"datecode", N::DateCode},
        {"pn", N::Part},
        {"part", N::Part},
        {"partno", N::Part},
        {"partnr", N::Part},
        {"partnumber", N::Part},
        {"mpn", N::Part},
        {"pm", N::Part},
        {"mfrpart", N::Part},
        {"mfgpart", N::Part},
        {"mfrpn", N::Part},
        {"mfgpn", N::Part},
        {"mfrpartno", N::Part},
        {"manufacturerpartnumber", N::Part},
        {"productno", N::Part},
        {"productnumber", N::Part},
        {"artnr", N::Part},
        {"articleno", N::Part},
        {"articlenumber", N::Part},
        {"cpn", N::CustomerPart},
        {"customerpart", N::CustomerPart},
        {"customerpartno", N::CustomerPart},
        {"customerpn", N::CustomerPart},
        {"custpart", N::CustomerPart},
        {"pc", N::SupplierPart},
        {"spn", N::SupplierPart},
        {"supplierpart", N::SupplierPart},
        {"supplierpartno", N::SupplierPart},
        {"supplierpn", N::SupplierPart},
        {"qty", N::Qty},
        {"quantity", N::Qty},
        {"menge", N::Qty},
        {"qnty", N::Qty},
        {"pcs", N::Qty},
        {"count", N::Count},
        {"on", N::Order},
        {"order", N::Order},
        {"orderno", N::Order},
        {"ordernr", N::Order},
        {"ordernumber", N::Order},
        {"po", N::Order},
        {"pono", N::Order},
        {"ponumber", N::Order},
        {"purchaseorder", N::Order},
        {"ppn", N::Ppn},
        {"lic", N::Lic},
        {"grai", N::Grai},
        {"mac", N::Mac},
        {"macaddress", N::Mac},
        {"macaddr", N::Mac},
        {"macid", N::Mac},
        {"mac1", N::Mac},
        {"mac2", N::Mac},
        {"macno", N::Mac},
        {"wifimac", N::Mac},
        {"wlanmac", N::Mac},
        {"lanmac", N::Mac},
        {"wanmac", N::Mac},
        {"ethmac", N::Mac},
        {"ethernetmac", N::Mac},
        {"btmac", N::Mac},
        {"blemac", N::Mac},
        {"basemac", N::Mac},
        {"bluetoothmac", N::Mac},
        {"wlan", N::Mac},
        {"eui48", N::Mac},
        {"ethaddr", N::Mac},
        {"m", N::Mac},
        {"bssid", N::Mac},
        {"bluetooth", N::Mac},
        {"eui", N::Eui64},
        {"eui64", N::Eui64},
        {"deveui", N::Eui64},
        {"z", N::Eui64},
        {"ieee", N::Eui64},
        {"ieeeaddress", N::Eui64},
        {"gatewayeui", N::Eui64},
        {"gweui", N::Eui64},
        {"joineui", N::JoinEui},
        {"appeui", N::JoinEui},
        {"imei", N::Imei},
        {"imei1", N::Imei},
        {"imei2", N::Imei},
        {"imeino", N::Imei},
        {"imeinumber", N::Imei},
        {"url", N::Url},
        {"link", N::Url},
        {"web", N::Url},
        {"asset", N::AssetTag},
        {"assettag", N::AssetTag},
        {"assetno", N::AssetTag},
        {"assetid", N::AssetTag},
        {"inventoryno", N::AssetTag},
        {"inventarnr", N::AssetTag},
        // Known, so that the pair is one, but nothing of a unit's record.
        {"model", N::Other},
        {"modelno", N::Other},
        {"type", N::Other},
        {"rev", N::Other},
        {"hw", N::Other},
        {"fw", N::Other},
        {"sw", N::Other},
        {"pbn", N::Other},
        {"iccid", N::Other},
        {"meid", N::Other},
        {"esn", N::Other},
        {"sku", N::Other},
        {"ssid", N::Other},
        {"product", N::Other},
        {"vendor", N::Other},
        {"brand", N::Other},
    });
    std::ranges::sort(keys, {}, &Key::word);
    return keys;
}();

constexpr std::size_t kKeySizeMax = 32;

// Letters and digits in lower case; "" when it is longer than any key.
std::string plain_word(std::string_view key) {
    std::string word;
    if (key.size() > kKeySizeMax) return word;
    for (const char c : key) {
        const bool is_ascii = static_cast<unsigned char>(c) < 0x80;
        if (!is_ascii || is_digit(c) || is_letter(c))
            word += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    return word;
}

const Key* find_key(std::string_view key) {
    const std::string word = plain_word(key);
    const auto found = std::ranges::lower_bound(kKeys, word, {}, &Key::word);
    return found != kKeys.end() && found->word == word ? &*found : nullptr;
}

std::optional<std::string> as_date(std::string_view text, int century_of) {
    const auto date = from_any(text, century_of);
    return date ? std::optional(inventory::to_iso(*date)) : std::nullopt;
}

std::optional<std::string> as_number(std::string_view text) {
    // "100 pcs" is a hundred.
    const std::size_t end = text.find_first_not_of("0123456789");
    const std::string_view unit = stripped(text.substr(std::min(end, text.size())));
    const std::string_view digits = text.substr(0, end);
    if (digits.empty() || digits.size() > 15 ||
        !(unit.empty() || starts_with_any_case(unit, "pc") || starts_with_any_case(unit, "ea")))
        return std::nullopt;
    return std::string(without_zeros(digits));
}

std::optional<std::string> as_sscc(std::string_view text) {
    if (text.size() != 18 || !all_digits(text) ||
        inventory::gtin_check_digit(text.substr(0, 17)) != text.back())
        return std::nullopt;
    return std::string(text);
}

// The value in the usual form of its field; nothing when it cannot be one.
std::optional<std::string> usual_form(FieldName name, std::string_view value, int century_of) {
    if (name == N::Gtin) return as_gtin(value);
    if (name == N::Sscc) return as_sscc(value);
    if (name == N::Expiry || name == N::BestBefore || name == N::MfgDate)
        return as_date(value, century_of);
    if (name == N::Qty || name == N::Count) return as_number(value);
    if (name == N::Mac) return named_mac(value);
    if (name == N::Eui64 || name == N::JoinEui) return named_eui64(value);
    if (name == N::Imei) return as_imei(value);
    return std::string(value);
}

}  // namespace

FieldName field_of_key(std::string_view key) {
    const Key* found = find_key(key);
    return found == nullptr ? FieldName::Other : found->name;
}

bool is_known_key(std::string_view key) { return find_key(key) != nullptr; }

void add_pair(Parsed& parsed, std::string_view key, std::string_view value, int century_of) {
    key = stripped(key);
    value = stripped(value);
    if (value.empty()) return;  // forms are printed with their empty fields
    const FieldName name = field_of_key(key);
    auto usual = usual_form(name, value, century_of);
    // A short key of many meanings is what its value shows.
    if (!usual && key.size() == 1) {
        parsed.fields.push_back({FieldName::Other, std::string(value), std::string(key)});
        return;
    }
    if (!usual && name == N::Eui64) {
        if (auto mac = named_mac(value)) {
            parsed.fields.push_back({N::Mac, std::move(*mac), std::string(key)});
            return;
        }
    }
    if (!usual) {
        parsed.warnings.push_back(std::string(key.substr(0, kKeySizeMax)) + " cannot be \"" +
                                  std::string(value.substr(0, 40)) + "\"");
        parsed.rest +=
            (parsed.rest.empty() ? "" : ";") + std::string(key) + "=" + std::string(value);
        return;
    }
    if ((name == N::Qty || name == N::Count) && *usual != "1")
        parsed.warnings.push_back("qty " + *usual + " is not one unit");
    parsed.fields.push_back({name, std::move(*usual), std::string(key)});
}

}  // namespace label
