#include "label/label.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "label/gs1.hpp"
#include "label/hibc.hpp"
#include "label/payload.hpp"

namespace label {
namespace {

constexpr FieldName kIdentifierFields[] = {
    FieldName::Mac,  FieldName::Eui64,           FieldName::Imei,
    FieldName::Grai, FieldName::SecondarySerial, FieldName::ThirdPartySerial,
    FieldName::Giai, FieldName::AssetTag,
};

// The code of AI 235: it serves as the serial only where nothing better does.
constexpr std::string_view kThirdParty = "235";

struct Candidate {
    Choice choice;
    std::size_t part = 0;
    bool third_party = false;
    std::vector<std::string> readings;
};

bool is_same(const std::string& a, const std::string& b) {
    if (a == b) return true;
    return base::is_utf8(a) && base::is_utf8(b) &&
           base::comparison_key(a) == base::comparison_key(b);
}

bool is_gs1(const Parsed& part) {
    return part.family == Family::Gs1 || part.family == Family::BracketedGs1;
}

std::string seems(const Parsed& part) {
    if (is_gs1(part) || part.family == Family::DigitalLink || part.family == Family::Epc)
        return "GS1 serial";
    return part.family == Family::Plain ? "plain code" : "named serial";
}

void add_once(std::vector<Candidate>& candidates, Candidate candidate) {
    const auto same = [&](const Candidate& other) {
        return is_same(other.choice.text, candidate.choice.text);
    };
    if (std::ranges::none_of(candidates, same)) candidates.push_back(std::move(candidate));
}

// What the parts say about one field; the part with the serial is believed first.
std::optional<std::string> merged(Label& label, FieldName name, std::string_view what,
                                  std::optional<std::size_t> first) {
    const std::string* value = first ? find(label.parts[*first], name) : nullptr;
    for (const Parsed& part : label.parts) {
        for (const Field& field : part.fields) {
            if (field.name != name) continue;
            if (value == nullptr) value = &field.value;
            if (is_same(*value, field.value)) continue;
            label.warnings.push_back("two " + std::string(what) +
                                     " on one label: " + base::printable(*value) + " and " +
                                     base::printable(field.value));
            return *value;
        }
    }
    return value == nullptr ? std::nullopt : std::optional(*value);
}

void collect_identifiers(Label& label) {
    for (const Parsed& part : label.parts)
        for (const Field& field : part.fields) {
            if (std::ranges::find(kIdentifierFields, field.name) == std::end(kIdentifierFields))
                continue;
            Identifier identifier{std::string(name(field.name)), field.value};
            if (std::ranges::find(label.identifiers, identifier) == label.identifiers.end())
                label.identifiers.push_back(std::move(identifier));
        }
}

bool says_box(const Parsed& part) {
    return std::ranges::any_of(part.fields, [](const Field& field) {
        const bool counted = field.name == FieldName::Count || field.name == FieldName::Qty;
        return field.name == FieldName::Sscc || (counted && field.value != "1") ||
               (field.name == FieldName::Gtin && field.code == "02");
    });
}

// A HIBC secondary beside a primary that it does not belong to; nullptr when all fit.
const Parsed* stray_secondary(const Label& label) {
    for (const Parsed& secondary : label.parts) {
        if (find(secondary, FieldName::Link) == nullptr) continue;
        bool any = false, fits = false;
        for (const Parsed& primary : label.parts) {
            if (primary.family != Family::Hibc || find(primary, FieldName::Pcn) == nullptr)
                continue;
            any = true;
            fits = fits || belong_together(primary, secondary);
        }
        if (any && !fits) return &secondary;
    }
    return nullptr;
}

// "S442663A" beside "442663A" is the same serial with its data identifier.
void drop_identified_twins(std::vector<Candidate>& plain) {
    std::erase_if(plain, [&plain](const Candidate& candidate) {
        if (candidate.readings.size() < 2 || !candidate.readings[0].starts_with('S')) return false;
        return std::ranges::any_of(plain, [&](const Candidate& other) {
            return other.choice.text == candidate.readings[1];
        });
    });
}

struct Candidates {
    std::vector<Candidate> named, plain;
    std::vector<Candidate> weak;  // what is something else, unless the operator says otherwise
};

Candidates candidates_of(const Label& label) {
    Candidates found;
    for (std::size_t i = 0; i < label.parts.size(); ++i) {
        const Parsed& part = label.parts[i];
        for (const Field& field : part.fields) {
            if (field.name == FieldName::Serial)
                add_once(part.family == Family::Plain ? found.plain : found.named,
                         {{field.value, seems(part)}, i, field.code == kThirdParty, part.readings});
            if (part.family == Family::Mac)
                add_once(found.weak, {{part.text, "MAC address"}, i, false, {}});
            if (part.family == Family::Imei)
                add_once(found.weak, {{part.text, "IMEI"}, i, false, {}});
        }
        for (const std::string& reading : part.readings) {
            if (part.family == Family::Lines)
                add_once(found.plain, {{reading, "plain code"}, i, false, {}});
            if (part.family == Family::ProductCode)
                add_once(found.weak, {{reading, "product code"}, i, false, {}});
        }
    }
    const auto third = [](const Candidate& candidate) { return candidate.third_party; };
    if (!std::ranges::all_of(found.named, third)) std::erase_if(found.named, third);
    drop_identified_twins(found.plain);
    return found;
}

// A plain code that may be a part of a longer one is a serial only if the operator says so.
void set_parts_aside(Candidates& found, std::span<const Payload> payloads) {
    const auto is_part = [&](const Candidate& candidate) {
        return payloads[candidate.part].may_be_part;
    };
    for (Candidate& candidate : found.plain)
        if (is_part(candidate)) {
            candidate.choice.seems = "possible part of a longer ITF";
            found.weak.push_back(candidate);
        }
    std::erase_if(found.plain, is_part);
}

void offer(Label& label, const std::vector<Candidate>& candidates) {
    for (const Candidate& candidate : candidates) label.choices.push_back(candidate.choice);
}

std::string without_serial(const Label& label) {
    if (!label.choices.empty()) {
        const std::string& seems = label.choices.front().seems;
        return (seems == "IMEI" ? "only an " : "only a ") + seems + ", no serial";
    }
    if (label.sscc) return "a box (SSCC), not a unit";
    if (label.is_box) return "a box, not a unit";
    return label.gtin ? "only a product code, no serial" : "no serial";
}

// What the variant's profile reads as serials.
std::vector<Candidate> profiled(const Label& label, const Profile& profile) {
    std::vector<Candidate> found;
    for (std::size_t i = 0; i < label.parts.size(); ++i)
        if (auto serial = profile.serial_of(label.parts[i]))
            add_once(found, {{std::move(*serial), "by the label profile"}, i, false, {}});
    return found;
}

// Picks the serial, step by step of the order of trust; says which part it came from.
std::optional<std::size_t> pick_serial(Label& label, const Candidates& found,
                                       const Profile* profile) {
    if (found.named.empty() && label.is_box) return std::nullopt;
    const auto by_profile = profile != nullptr && found.named.empty() ? profiled(label, *profile)
                                                                      : std::vector<Candidate>();
    const auto& sure = !found.named.empty()  ? found.named
                       : !by_profile.empty() ? by_profile
                                             : found.plain;
    if (sure.size() == 1) {
        const Candidate& only = sure.front();
        label.serial = only.choice.text;
        label.trust = !found.named.empty()  ? Trust::Named
                      : !by_profile.empty() ? Trust::Profile
                                            : Trust::Plain;
        if (label.trust == Trust::Profile)
            label.why = profile->why();
        else
            label.why = label.parts[only.part].family == Family::Lines ? "the only plain code"
                                                                       : label.parts[only.part].why;
        label.readings = only.readings;
        return only.part;
    }
    if (sure.size() > 1) {
        offer(label, sure);
        label.why = std::to_string(sure.size()) + " codes could be the serial; pick one";
        return std::nullopt;
    }
    offer(label, found.weak);
    return std::nullopt;
}

void check_pairs(Label& label) {
    std::vector<const Field*> fields;
    for (const Parsed& part : label.parts)
        if (is_gs1(part))
            for (const Field& field : part.fields) fields.push_back(&field);
    // An EAN beside it is a key as well as AI 01.
    const bool product_code = std::ranges::any_of(label.parts, [](const Parsed& part) {
        return part.family == Family::ProductCode && find(part, FieldName::Gtin) != nullptr;
    });
    static const Field kProduct{FieldName::Gtin, "", "01"};
    if (product_code && !fields.empty()) fields.push_back(&kProduct);
    for (std::string& warning : pair_warnings(fields)) label.warnings.push_back(std::move(warning));
}

}  // namespace

Label resolve(std::span<const Payload> payloads, int century_of, const Profile* profile) {
    Label label;
    label.parts.reserve(payloads.size());
    for (const Payload& payload : payloads) label.parts.push_back(parse_part(payload, century_of));
    label.is_box = std::ranges::any_of(label.parts, says_box);
    Candidates found = candidates_of(label);
    set_parts_aside(found, payloads);
    const Parsed* stray = stray_secondary(label);
    if (stray != nullptr) {
        label.warnings.emplace_back(
            "the HIBC secondary barcode belongs to another product; scan one item at a time");
        // Its serial is another item's until the operator says otherwise.
        const auto strays = [&](const Candidate& candidate) {
            return &label.parts[candidate.part] == stray;
        };
        std::ranges::copy_if(found.named, std::back_inserter(found.weak), strays);
        std::erase_if(found.named, strays);
    }
    const auto from = pick_serial(label, found, profile);
    label.from = from;
    label.gtin = merged(label, FieldName::Gtin, "products", from);
    label.lot = merged(label, FieldName::Lot, "lots", from);
    label.sscc = merged(label, FieldName::Sscc, "boxes", from);
    if (const auto expiry = merged(label, FieldName::Expiry, "expiry dates", from))
        label.expiry = inventory::parse_date(*expiry);
    if (label.why.empty()) label.why = without_serial(label);
    collect_identifiers(label);
    check_pairs(label);
    return label;
}

}  // namespace label
