// profile: how the labels of a variant are read.
#include <algorithm>
#include <memory>

#include "base/clock.hpp"
#include "base/text.hpp"
#include "cli/context.hpp"
#include "cli/json.hpp"
#include "cli/profiles.hpp"
#include "label/label.hpp"
#include "label/payload.hpp"

namespace cli {
namespace {

struct ProfileWords {
    inventory::LabelProfile profile;
    std::string symbology;            // of the samples
    std::vector<std::string> sample;  // the codes of one label
    std::string serial;               // that of the sample
    bool learns = false;              // a profile that reads it is made
};

ordered_json to_json(const inventory::LabelProfile& profile) {
    const auto number = [&](int value) {
        return profile.length > 0 ? ordered_json(value) : ordered_json(nullptr);
    };
    return {{"variant", profile.variant},      {"pattern", or_null(profile.pattern)},
            {"from", number(profile.from)},    {"length", number(profile.length)},
            {"strip", or_null(profile.strip)}, {"symbology", or_null(profile.symbology)},
            {"express", profile.is_express}};
}

std::string in_words(const inventory::LabelProfile& profile) {
    std::string words = profile.variant;
    if (!profile.symbology.empty()) words += "\tin " + profile.symbology;
    if (!profile.strip.empty()) words += "\twithout " + profile.strip;
    if (!profile.pattern.empty()) words += "\t" + profile.pattern;
    if (profile.length > 0)
        words += "\t" + std::to_string(profile.length) + " characters behind " +
                 std::to_string(profile.from);
    if (profile.is_express) words += "\texpress code";
    return words;
}

void print(const Context& context, const inventory::LabelProfile& profile) {
    print_line(context.json ? to_json(profile).dump() : in_words(profile));
}

std::vector<label::Payload> payloads_of(const ProfileWords& words) {
    std::vector<label::Payload> payloads;
    for (const std::string& text : words.sample) payloads.push_back({words.symbology, text});
    return payloads;
}

int this_year() { return static_cast<int>(base::civil_date(base::system_now()).year()); }

Result<inventory::LabelProfile> learned(const ProfileWords& words) {
    std::vector<label::Parsed> parts;
    for (const label::Payload& payload : payloads_of(words))
        parts.push_back(label::parse_part(payload, this_year()));
    return label::learn_profile(words.profile.variant, words.serial, parts);
}

int set_profile(const Context& context, store::Store& store, const ProfileWords& words) {
    inventory::LabelProfile wanted = words.profile;
    if (words.learns) {
        const auto found = learned(words);
        if (!found) return print_error(found.error());
        wanted = *found;
    }
    const auto profile = label::Profile::make(wanted);
    if (!profile) return print_error(profile.error());
    if (auto done = store.put(profile->value(), context.operator_name); !done)
        return print_error(done.error());
    const auto kept = profile_of(store, wanted.variant);
    if (!kept) return print_error(kept.error());
    print(context, kept->value());
    return 0;
}

int test_profile(const Context& context, store::Store& store, const ProfileWords& words) {
    const auto profile = profile_of(store, words.profile.variant);
    if (!profile) return print_error(profile.error());
    const auto payloads = payloads_of(words);
    const label::Label label = label::resolve(payloads, this_year(), &*profile);
    if (context.json) {
        print_line(ordered_json{{"variant", profile->value().variant},
                                {"serial", or_null(label.serial)},
                                {"why", label.why},
                                {"by_profile", label.trust == label::Trust::Profile}}
                       .dump());
    } else {
        print_field("serial", label.serial ? base::printable(*label.serial) : "none");
        print_field("why", label.why);
    }
    return label.serial ? 0 : 1;
}

void add_set(CLI::App& group, Context& context) {
    CLI::App& command = *group.add_subcommand(
        "set", "Say how the serial is found on the labels of a variant; replaces what it had");
    auto words = std::make_shared<ProfileWords>();
    inventory::LabelProfile& profile = words->profile;
    command.add_option("SKU", profile.variant, "The product variant")->required();
    command.add_option("--pattern", profile.pattern,
                       "Regular expression; its first group, or all of it, is the serial");
    command.add_option("--from", profile.from, "Characters in front of the serial");
    command.add_option("--length", profile.length, "Characters of the serial");
    command.add_option("--strip", profile.strip, "What the code begins with and the serial not");
    command.add_option("--symbology", profile.symbology,
                       "Only codes of this ISO/IEC 15424 identifier, as ]C for Code 128");
    command.add_flag("--express", profile.is_express,
                     "A Dell express code: the serial is the service tag");
    CLI::Option* serial =
        command.add_option("--serial", words->serial, "Learn it: this is the serial of the sample");
    CLI::Option* sample =
        command.add_option("--sample", words->sample, "The texts of all codes on one label");
    serial->needs(sample);
    sample->needs(serial);
    for (const char* by_hand : {"--pattern", "--from", "--length", "--strip", "--express"})
        serial->excludes(command.get_option(by_hand));
    add_common(command, context);
    on_store(command, context, [words, serial, &context](store::Store& store) {
        words->learns = serial->count() > 0;
        words->symbology = words->profile.symbology;
        return set_profile(context, store, *words);
    });
}

void add_test(CLI::App& group, Context& context) {
    CLI::App& command =
        *group.add_subcommand("test", "Say what the profile reads out of the codes of one label");
    auto words = std::make_shared<ProfileWords>();
    command.add_option("SKU", words->profile.variant, "The product variant")->required();
    command.add_option("TEXT", words->sample, "The texts of the codes")->required();
    command.add_option("--symbology", words->symbology, "Theirs; default: unknown");
    add_common(command, context);
    on_store(command, context, [words, &context](store::Store& store) {
        return test_profile(context, store, *words);
    });
}

}  // namespace

Result<label::Profile> profile_of(store::Store& store, const std::string& sku) {
    const auto profiles = store.profiles();
    if (!profiles) return fail(profiles.error());
    const auto is_it = [&](const inventory::LabelProfile& profile) {
        return base::is_utf8(sku) &&
               base::comparison_key(profile.variant) == base::comparison_key(sku);
    };
    const auto found = std::ranges::find_if(*profiles, is_it);
    if (found == profiles->end())
        return fail(ErrorKind::NotFound, base::printable(sku) +
                                             " has no label profile; write one with: unitrail "
                                             "profile set " +
                                             base::printable(sku));
    return label::Profile::make(*found);
}

void add_profiles(CLI::App& root, Context& context) {
    CLI::App& group =
        *root.add_subcommand("profile", "How the serial is found on the labels of a variant");
    group.require_subcommand(1);
    CLI::App& list = *group.add_subcommand("list", "List them all");
    add_common(list, context);
    on_store(list, context, [&context](store::Store& store) {
        const auto profiles = store.profiles();
        if (!profiles) return print_error(profiles.error());
        for (const inventory::LabelProfile& profile : *profiles) print(context, profile);
        return 0;
    });
    add_set(group, context);
    add_test(group, context);
    CLI::App& remove = *group.add_subcommand("remove", "The variant has no profile any more");
    auto sku = std::make_shared<std::string>();
    remove.add_option("SKU", *sku, "The product variant")->required();
    add_common(remove, context);
    on_store(remove, context, [sku, &context](store::Store& store) {
        if (auto done = store.remove_profile(*sku, context.operator_name); !done)
            return print_error(done.error());
        if (context.json)
            print_line(ordered_json{{"variant", *sku}, {"removed", true}}.dump());
        else
            print_line("the label profile of " + base::printable(*sku) + " is removed");
        return 0;
    });
}

}  // namespace cli
