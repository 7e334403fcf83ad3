#include "journal/record.hpp"

#include <nlohmann/json.hpp>

#include "base/text.hpp"

namespace journal {
namespace {

using nlohmann::json;

json to_json(const Body& body) {
    json object = json::object();
    for (const auto& [field, value] : body) object[field] = value ? json(*value) : json(nullptr);
    return object;
}

json to_json(const Evidence& scan) {
    return {{"raw", scan.raw_base64}, {"rule", scan.rule}, {"symbology", scan.symbology_id}};
}

void put(json& record, const char* member, const std::string& text) {
    if (!text.empty()) record[member] = text;
}

std::string text_of(const json& record, const char* member) {
    const auto found = record.find(member);
    return found != record.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t number_of(const json& record, const char* member) {
    const auto found = record.find(member);
    return found != record.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

json to_json(const std::vector<EventId>& ids) {
    json names = json::array();
    for (const EventId& id : ids) names.push_back(to_text(id));
    return names;
}

// What names an event and those it refers to.
void put_identity(json& record, const Event& event) {
    record["writer"] = base::to_hex(event.id.writer);
    record["seq"] = event.id.seq;
    if (!event.parents.empty()) record["parents"] = to_json(event.parents);
    if (event.root) record["root"] = to_text(*event.root);
    if (event.reissue_of) record["reissue_of"] = to_text(*event.reissue_of);
}

// False: it is there and cannot be read.
bool read_id(const json& record, const char* member, std::optional<EventId>& id) {
    if (!record.contains(member)) return true;
    id = parse_event_id(text_of(record, member));
    return id.has_value();
}

bool read_identity(const json& record, Event& event) {
    const auto id =
        parse_event_id(text_of(record, "writer") + ":" + std::to_string(number_of(record, "seq")));
    if (!id) return false;
    event.id = *id;
    if (const auto parents = record.find("parents"); parents != record.end()) {
        if (!parents->is_array()) return false;
        for (const json& parent : *parents) {
            const auto named =
                parent.is_string() ? parse_event_id(parent.get<std::string>()) : std::nullopt;
            if (!named) return false;
            event.parents.push_back(*named);
        }
    }
    return read_id(record, "root", event.root) && read_id(record, "reissue_of", event.reissue_of);
}

bool read_body(const json& record, Event& event) {
    const auto body = record.find("body");
    if (body == record.end()) return true;
    if (!body->is_object()) return false;
    for (const auto& [field, value] : body->items()) {
        if (value.is_string())
            event.body[field] = value.get<std::string>();
        else if (value.is_null())
            event.body[field] = std::nullopt;
    }
    return true;
}

}  // namespace

std::string to_record(const Event& event) {
    json record = {{"v", kRecordVersion},
                   {"kind", event.kind == Kind::Unknown ? event.kind_text : name(event.kind)},
                   {"at", base::to_iso(event.at.utc)},
                   {"zone", base::offset_to_iso(event.at.offset)}};
    put(record, "serial", event.serial);
    put(record, "key", event.key);
    if (event.key_rule != 0) record["key_rule"] = event.key_rule;
    if (event.hub_offset) record["hub_offset"] = event.hub_offset->count();
    put(record, "operator", event.operator_name);
    put(record, "device", event.device);
    put(record, "app", event.app_version);
    put_identity(record, event);
    if (event.scan) record["scan"] = to_json(*event.scan);
    if (!event.body.empty()) record["body"] = to_json(event.body);
    // With ASCII member names, the byte order of std::map is the UTF-16 order of RFC 8785, and
    // dump() escapes what that RFC escapes and nothing else.
    return record.dump();
}

Result<void> check_size(const Event& event, std::string_view record) {
    if (record.size() <= kRecordBytesMax) return {};
    std::string longest = "device";
    std::size_t bytes = event.device.size();
    const auto compare = [&](std::string_view field, const std::string& text) {
        if (text.size() <= bytes) return;
        longest = field;
        bytes = text.size();
    };
    compare("serial", event.serial);
    compare("operator", event.operator_name);
    if (event.scan) compare("scanned code", event.scan->raw_base64);
    for (const auto& [field, value] : event.body) compare(field, value.value_or(""));
    return fail(ErrorKind::Refused, "the act would take " + std::to_string(record.size()) +
                                        " bytes in the journal, of which " + std::to_string(bytes) +
                                        " are the " + longest + "; " +
                                        std::to_string(kRecordBytesMax) +
                                        " is the most that other devices take, so shorten it");
}

Result<Event> parse_record(std::string_view bytes) {
    const json record = json::parse(bytes, nullptr, false);
    const auto damaged = [](const char* what) {
        return fail(ErrorKind::InvalidInput, std::string("not a record of the journal: ") + what);
    };
    if (!record.is_object()) return damaged("no JSON object");
    Event event;
    if (!read_identity(record, event)) return damaged("its names");
    if (!base::parse_iso(text_of(record, "at"), event.at.utc) ||
        !base::parse_offset(text_of(record, "zone"), event.at.offset))
        return damaged("at or zone");
    event.kind_text = text_of(record, "kind");
    if (event.kind_text.empty()) return damaged("kind");
    event.kind = kind_named(event.kind_text);
    event.serial = text_of(record, "serial");
    event.key = text_of(record, "key");
    event.key_rule = static_cast<int>(number_of(record, "key_rule"));
    if (const auto offset = record.find("hub_offset");
        offset != record.end() && offset->is_number_integer())
        event.hub_offset = std::chrono::seconds(offset->get<std::int64_t>());
    event.operator_name = text_of(record, "operator");
    event.device = text_of(record, "device");
    event.app_version = text_of(record, "app");
    if (const auto scan = record.find("scan"); scan != record.end() && scan->is_object())
        event.scan =
            Evidence{text_of(*scan, "raw"), text_of(*scan, "symbology"), text_of(*scan, "rule")};
    if (!read_body(record, event)) return damaged("body");
    return event;
}

std::string reissued_record(std::string_view bytes, const Event& event) {
    json record = json::parse(bytes);
    put_identity(record, event);
    for (const char* field : {"undoes", "conflict"})
        if (const auto named = event.body.find(field); named != event.body.end() && named->second)
            record["body"][field] = *named->second;
    return record.dump();
}

base::Sha256 chain_hash(const base::Sha256& previous, std::string_view record) {
    return base::sha256(previous, record);
}

}  // namespace journal
