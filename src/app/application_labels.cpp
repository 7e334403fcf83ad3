// Labels in the hands of the application: which symbols are one, by whose profile it is read, and
// the profile that is learned from a choice.
#include <algorithm>

#include "app/application.hpp"
#include "app/read_label.hpp"
#include "base/text.hpp"
#include "label/payload.hpp"

namespace app {
namespace {

const inventory::LabelProfile* profile_of(const Catalog& catalog, const std::string& sku) {
    const auto found = std::ranges::find(catalog.profiles, sku, &inventory::LabelProfile::variant);
    return found == catalog.profiles.end() ? nullptr : &*found;
}

std::string name_of(const inventory::Variant& variant) {
    return variant.name.empty() ? variant.sku : variant.name;
}

}  // namespace

std::vector<scanner::Symbol> Application::with_other_half(
    const std::vector<scanner::Symbol>& symbols) {
    const base::Moment now = clock_();
    std::vector<scanner::Symbol> all = symbols;
    const auto waited = now.utc - half_at_.utc;
    const bool in_time = waited >= waited.zero() && waited <= kHalfWaits;
    if (in_time && !half_.empty() && are_halves(read_label(half_, now), read_label(symbols, now)))
        all.insert(all.begin(), half_.begin(), half_.end());
    half_ = symbols;
    half_at_ = now;
    return all;
}

// Labels that could each be a unit's. One whose serial is the same as another's is printed twice.
bool Application::shows_two_labels(const std::vector<scanner::Symbol>& symbols) const {
    const auto groups = labels_in_view(symbols);
    if (groups.size() < 2) return false;
    std::vector<std::string> units;
    for (const std::vector<std::size_t>& group : groups) {
        std::vector<scanner::Symbol> members;
        members.reserve(group.size());
        for (const std::size_t i : group) members.push_back(symbols[i]);
        const label::Label label = read(members);
        if (!label.serial && label.choices.empty()) continue;
        const std::string unit = label.serial ? *label.serial : label.choices.front().text;
        if (std::ranges::find(units, unit) == units.end()) units.push_back(unit);
    }
    return units.size() > 1;
}

// The product code on it decides, else what is being received.
const inventory::Variant* Application::variant_for(const label::Label& label) const {
    const auto& variants = state_.catalog->variants;
    const auto found = std::ranges::find_if(variants, [&](const inventory::Variant& variant) {
        if (label.gtin) return variant.gtin == label.gtin;
        return state_.screen == Screen::Receive && variant.sku == state_.receive.variant;
    });
    return found == variants.end() ? nullptr : &*found;
}

label::Label Application::read(const std::vector<scanner::Symbol>& symbols) const {
    label::Label label = read_label(symbols, clock_());
    const inventory::Variant* variant = variant_for(label);
    const auto* value = variant == nullptr ? nullptr : profile_of(*state_.catalog, variant->sku);
    if (value == nullptr || label.trust == label::Trust::Named) return label;
    const auto profile = label::Profile::make(*value);
    // One that a newer version wrote is for that one to read.
    return profile ? read_label(symbols, clock_(), &*profile) : label;
}

void Application::learn(const std::string& serial) {
    const inventory::Variant* variant = variant_for(label_);
    if (variant == nullptr) return;
    const auto profile = label::learn_profile(variant->sku, serial, label_.parts);
    if (!profile) {
        learned_ = " It will be asked again: " + profile.error().message + ".";
        return;
    }
    if (auto done = store_.put(*profile, actor_.operator_name); !done) {
        learned_ = " It could not be remembered: " + done.error().message + ".";
        return;
    }
    learned_ = " Labels of " + name_of(*variant) + " are read so from now on.";
    load_references();
}

// A form that was answered keeps how often it was.
void Application::finish_profile(const Result<void>& done, const std::string& variant,
                                 const std::string& words) {
    ProfileForm& form = state_.profile;
    form = {.put = form.put, .scans = form.scans};
    if (!done) {
        form.error = done.error().message;
        return;
    }
    ++form.put;
    load_references();
    wrote();
    say(Tone::Done, words, variant);
}

void Application::on(const PutProfile& command) {
    const auto profile = label::Profile::make(command.profile);
    finish_profile(
        profile ? store_.put(profile->value(), actor_.operator_name) : fail(profile.error()),
        command.profile.variant, "Label profile saved");
}

void Application::on(const RemoveProfile& command) {
    finish_profile(store_.remove_profile(command.variant, actor_.operator_name), command.variant,
                   "Label profile removed");
}

void Application::on(const TryProfile& command) {
    ProfileForm& form = state_.profile;
    form = {.put = form.put, .scanned = form.scanned, .scans = form.scans};
    const auto profile = label::Profile::make(command.profile);
    if (!profile) form.error = profile.error().message;
    const label::Payload sample{"", base::trim(command.sample)};
    if (!profile || sample.text.empty()) return;
    const int year = static_cast<int>(base::civil_date(clock_()).year());
    const label::Label label = label::resolve({&sample, 1}, year, &*profile);
    form.tried = true;
    form.serial = label.serial.value_or("");
    form.by_profile = label.trust == label::Trust::Profile;
    const auto read = profile->serial_of(label.parts.front());
    if (form.by_profile)
        form.why = "The serial number, by this profile.";
    else if (label.trust == label::Trust::Named)
        form.why = "The label itself says so: " + label.why + ". The profile is not asked.";
    else
        form.why = "Not by this profile: " + std::string(read ? label.why : read.error()) + ".";
}

// On the profiles' screen a scanned code is one to try: of a label the one that is no product code.
void Application::try_code(const label::Label& label) {
    const auto is_other = [](const label::Parsed& part) {
        return part.family != label::Family::ProductCode;
    };
    auto part = std::ranges::find_if(label.parts, is_other);
    if (part == label.parts.end()) part = label.parts.begin();
    state_.profile.scanned = part->text;
    ++state_.profile.scans;
}

}  // namespace app
