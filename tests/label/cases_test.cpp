// Goal: every family of payload is read as its standard says.
// Method: cases in JSON files, each with the clause or maker it comes from. `expect` names fields
// (null: there must be none), `codes` the standard's own codes, `warns` a part of a warning.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "label/payload.hpp"
#include "label/profile.hpp"
#include "support/catch.hpp"

using namespace label;
using nlohmann::json;

namespace {

constexpr int kYear = 2026;

json load(const std::string& path) {
    std::ifstream file(path);
    REQUIRE(file.good());
    return json::parse(file);
}

// The field as the command line would say it; null when there is none.
json field(const Parsed& parsed, const std::string& key) {
    if (key == "partial") return parsed.partial;
    if (key == "ambiguous") return parsed.readings;
    for (const Field& one : parsed.fields) {
        if (name(one.name) != key) continue;
        return is_number(one.name) ? json(std::stoll(one.value)) : json(one.value);
    }
    return nullptr;
}

bool warns(const Parsed& parsed, const std::string& words) {
    for (const std::string& warning : parsed.warnings)
        if (warning.find(words) != std::string::npos) return true;
    return false;
}

void check_expected(const Parsed& parsed, const json& expect) {
    for (const auto& [key, value] : expect.items()) {
        CAPTURE(key, parsed.warnings);
        // What published examples say in words is said in a warning.
        if (key == "warning" || key == "gs1_error")
            CHECK(warns(parsed, value.get<std::string>()));
        else
            CHECK(field(parsed, key) == value);
    }
}

// The profiles that the published cases marked `needs` are read with.
inventory::LabelProfile profile_of(const std::string& id) {
    if (id == "P45") return {.variant = "domat", .pattern = "^http://domat\\.cz/s/(\\d+)$"};
    if (id == "P57") return {.variant = "motorola", .length = 10};
    return {};
}

Parsed read(const json& one) {
    return parse({one["symbology_id"].get<std::string>(), one["raw"].get<std::string>()}, kYear);
}

}  // namespace

TEST_CASE("every case of every family is read as its standard says", "[label][cases]") {
    int count = 0;
    const std::string folder = UNITRAIL_SOURCE_DIR "/tests/label/cases";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        for (const json& one : load(entry.path())) {
            ++count;
            CAPTURE(entry.path().filename().string(), one["raw"], one["source"]);
            const Parsed parsed = read(one);
            CAPTURE(parsed.warnings, parsed.rest);
            check_expected(parsed, one["expect"]);
            if (one.contains("family")) CHECK(name(parsed.family) == one["family"]);
            if (one.contains("rest")) CHECK(parsed.rest == one["rest"]);
            if (one.contains("warns")) CHECK(warns(parsed, one["warns"].get<std::string>()));
            if (one.contains("codes"))
                for (const auto& [code, value] : one["codes"].items()) {
                    CAPTURE(code);
                    const auto has =
                        [wanted = std::pair(code, value.get<std::string>())](const Field& f) {
                            return std::pair(f.code, f.value) == wanted;
                        };
                    CHECK(std::any_of(parsed.fields.begin(), parsed.fields.end(), has));
                }
        }
    }
    CHECK(count >= 150);
}

TEST_CASE("the published payloads are read as published", "[label][cases]") {
    const char* named = std::getenv("UNITRAIL_LABEL_PAYLOADS");
    const std::string path =
        named != nullptr ? named : UNITRAIL_SOURCE_DIR "/../shared/data/label-payloads.json";
    if (!std::filesystem::exists(path)) {
        WARN("skipped: no file " << path << "; name one in UNITRAIL_LABEL_PAYLOADS");
        return;
    }
    for (const json& one : load(path)) {
        CAPTURE(one["id"], one["raw"]);
        Parsed parsed = read(one);
        if (one.contains("needs")) {
            const auto profile = Profile::make(profile_of(one["id"].get<std::string>()));
            REQUIRE(profile);
            use_profile(parsed, *profile);
        }
        check_expected(parsed, one["expect"]);
    }
}
