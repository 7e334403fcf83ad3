// Label profiles: what a variant's labels call their serial, where the label itself does not name
// it. Pure; linear in the text. Any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "inventory/label_profile.hpp"
#include "label/field.hpp"
#include "label/pattern.hpp"

namespace label {

// A profile that can be asked.
class Profile {
 public:
    // InvalidInput: the expression is none, the positions are none, or it says nothing at all.
    static Result<Profile> make(inventory::LabelProfile value);

    // The serial of a code, by this profile; else why there is none, in words: the code is not the
    // one that carries it, or what it gives is no serial number. Product codes carry one only where
    // the profile names their symbology; a symbology that is not known ("", typed) counts as the
    // right one.
    [[nodiscard]] tl::expected<std::string, std::string_view> serial_of(const Parsed& part) const;

    // The same in words: "the label profile of ROUTER-X".
    [[nodiscard]] std::string why() const;

    [[nodiscard]] const inventory::LabelProfile& value() const { return value_; }

 private:
    Profile(inventory::LabelProfile value, std::optional<Pattern> pattern)
        : value_(std::move(value)), pattern_(std::move(pattern)) {}

    inventory::LabelProfile value_;
    std::optional<Pattern> pattern_;
};

// Reads the serial of a payload that does not name one by the profile, which must not outlive the
// call.
void use_profile(Parsed& parsed, const Profile& profile);

// The profile that reads `serial` out of the code that holds it and nothing out of the other codes
// in view: the form of the text (letters, digits, length), as loosely as that allows. Refused:
// `serial` stands in none of them, or in form one code is like another.
Result<inventory::LabelProfile> learn_profile(const std::string& variant, std::string_view serial,
                                              std::span<const Parsed> in_view);

// The service tag that a Dell express code stands for: base 36, seven characters at least. Nothing
// for what is no number below 2^63.
std::optional<std::string> service_tag(std::string_view express_code);

}  // namespace label
