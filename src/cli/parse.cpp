// parse: what the text of a barcode says.
#include <iostream>
#include <map>
#include <memory>

#include "base/clock.hpp"
#include "base/text.hpp"
#include "cli/context.hpp"
#include "cli/json.hpp"
#include "cli/profiles.hpp"
#include "label/payload.hpp"

namespace cli {
namespace {

struct ParseWords {
    bool has_text = false;
    label::Payload payload;
    std::string variant;
};

int this_year() { return static_cast<int>(base::civil_date(base::system_now()).year()); }

ordered_json value_of(const label::Field& field) {
    // Numbers of more digits than a number of JSON keeps stay text.
    const bool fits = field.value.size() <= 15;
    return label::is_number(field.name) && fits ? ordered_json(std::stoll(field.value))
                                                : ordered_json(field.value);
}

// The first field of every name; "serial" is always there, null when there is none.
ordered_json fields_json(const label::Parsed& parsed) {
    ordered_json fields = {{"serial", nullptr}};
    for (const label::Field& field : parsed.fields) {
        const std::string key(label::name(field.name));
        if (key.empty() || (fields.contains(key) && !fields[key].is_null())) continue;
        fields[key] = value_of(field);
    }
    if (parsed.partial) fields["partial"] = true;
    if (!parsed.readings.empty()) fields["ambiguous"] = parsed.readings;
    return fields;
}

ordered_json codes_json(const label::Parsed& parsed) {
    ordered_json codes = ordered_json::object();
    for (const label::Field& field : parsed.fields)
        if (!field.code.empty() && !codes.contains(field.code)) codes[field.code] = field.value;
    return codes;
}

std::string line_of(const ordered_json& answer) {
    return answer.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string parsed_json(const label::Parsed& parsed) {
    return line_of({{"family", label::name(parsed.family)},
                    {"fields", fields_json(parsed)},
                    {"codes", codes_json(parsed)},
                    {"why", parsed.why},
                    {"warnings", parsed.warnings},
                    {"rest", parsed.rest}});
}

// For a line that cannot be read: an answer all the same, so that the order is kept.
std::string refused_json(const std::string& line, const std::string& message) {
    return line_of({{"family", nullptr},
                    {"fields", {{"serial", nullptr}}},
                    {"codes", ordered_json::object()},
                    {"why", "not read"},
                    {"warnings", {message}},
                    {"rest", line.substr(0, label::kPayloadSizeMax)}});
}

std::string text_of(const ordered_json& object, const char* key) {
    return object.contains(key) && object[key].is_string() ? object[key].get<std::string>()
                                                           : std::string();
}

// Profiles of variants that lines name; the database is opened when the first one does.
class Profiles {
 public:
    explicit Profiles(const Context& context) : context_(context) {}

    // Reads the payload's serial by the variant's profile; a variant without one is a warning.
    void use(label::Parsed& parsed, const std::string& variant) {
        auto known = known_.find(variant);
        if (known == known_.end()) known = known_.emplace(variant, load(variant)).first;
        if (known->second)
            label::use_profile(parsed, *known->second);
        else
            parsed.warnings.push_back(known->second.error().message);
    }

 private:
    Result<label::Profile> load(const std::string& variant) {
        if (!store_) store_.emplace(context_.open());
        if (!*store_) return fail(store_->error());
        return profile_of(**store_, variant);
    }

    const Context& context_;
    std::optional<Result<store::Store>> store_;
    std::map<std::string, Result<label::Profile>> known_;
};

label::Parsed parsed_by(Profiles& profiles, const label::Payload& payload,
                        const std::string& variant, int year) {
    label::Parsed parsed = label::parse(payload, year);
    if (!variant.empty()) profiles.use(parsed, variant);
    return parsed;
}

std::string answer(Profiles& profiles, const std::string& line, int year) {
    const auto object = ordered_json::parse(line, nullptr, false);
    if (!object.is_object())
        return refused_json(line, "the line is no JSON object; write {\"raw\": …} in one line");
    label::Payload payload;
    payload.symbology_id = text_of(object, "symbology_id");
    payload.text = text_of(object, "raw");
    if (object.contains("raw_base64")) {
        const auto bytes = base::from_base64(text_of(object, "raw_base64"));
        if (!bytes) return refused_json(line, "raw_base64 is no base64 (RFC 4648 with padding)");
        payload.text = *bytes;
    } else if (!object.contains("raw") || !object["raw"].is_string()) {
        return refused_json(line, "the line names no text; give raw or raw_base64");
    }
    return parsed_json(parsed_by(profiles, payload, text_of(object, "variant"), year));
}

int answer_lines(const Context& context) {
    const int year = this_year();
    Profiles profiles(context);
    for (std::string line; std::getline(std::cin, line);) print_line(answer(profiles, line, year));
    return 0;
}

void print_list(const char* name, const std::vector<std::string>& texts) {
    for (const std::string& text : texts) print_field(name, base::printable(text));
}

void print_text(const label::Parsed& parsed) {
    print_field("family", std::string(label::name(parsed.family)));
    for (const label::Field& field : parsed.fields) {
        const std::string code = field.code.empty() ? "" : " (" + base::printable(field.code) + ")";
        std::string name(label::name(field.name));
        if (name.empty()) name = "other";
        print_field(name + code, base::printable(field.value));
    }
    print_field("why", parsed.why);
    if (!parsed.readings.empty()) print_list("perhaps", parsed.readings);
    for (const std::string& warning : parsed.warnings) print_field("warning", warning);
    print_field("rest", base::printable(parsed.rest));
}

int parse(const Context& context, const ParseWords& words) {
    if (!words.has_text) return answer_lines(context);
    Profiles profiles(context);
    const label::Parsed parsed = parsed_by(profiles, words.payload, words.variant, this_year());
    if (context.json)
        print_line(parsed_json(parsed));
    else
        print_text(parsed);
    return 0;
}

}  // namespace

void add_parse(CLI::App& root, Context& context) {
    CLI::App& command = *root.add_subcommand(
        "parse",
        "Say what the text of a barcode means; without TEXT: JSON lines on standard\n"
        "input, {\"raw\" or \"raw_base64\", \"symbology_id\", \"variant\"}, one answer each");
    auto words = std::make_shared<ParseWords>();
    CLI::Option* text = command.add_option("TEXT", words->payload.text,
                                           "What the barcode holds; {GS} for its separator");
    command.add_option("--symbology", words->payload.symbology_id,
                       "ISO/IEC 15424 identifier, as ]C1; default: unknown");
    command.add_option("--variant", words->variant, "Use the label profile of this variant");
    add_common(command, context);
    command.callback([words, text, &context] {
        words->has_text = text->count() > 0;
        context.job = [words, &context] { return parse(context, *words); };
    });
}

}  // namespace cli
