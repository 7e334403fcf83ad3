#include "journal/event.hpp"

#include <charconv>
#include <utility>

#include "base/check.hpp"
#include "base/text.hpp"

namespace journal {
namespace {

constexpr std::pair<Kind, std::string_view> kNames[] = {
    {Kind::Registered, "registered"},
    {Kind::Edited, "edited"},
    {Kind::Moved, "moved"},
    {Kind::Reserved, "reserved"},
    {Kind::Sold, "sold"},
    {Kind::Returned, "returned"},
    {Kind::MarkedDefective, "marked_defective"},
    {Kind::ReturnedToStock, "returned_to_stock"},
    {Kind::Renamed, "renamed"},
    {Kind::Undone, "undone"},
    {Kind::Held, "held"},
    {Kind::Released, "released"},
    {Kind::Resolved, "resolved"},
    {Kind::Variant, "variant"},
    {Kind::Lot, "lot"},
    {Kind::Warehouse, "warehouse"},
    {Kind::Location, "location"},
    {Kind::Recall, "recall"},
    {Kind::Profile, "profile"},
};

constexpr std::pair<Kind, inventory::Action> kActions[] = {
    {Kind::Sold, inventory::Action::Sell},
    {Kind::Reserved, inventory::Action::Reserve},
    {Kind::ReturnedToStock, inventory::Action::Restock},
    {Kind::Returned, inventory::Action::Return},
    {Kind::MarkedDefective, inventory::Action::MarkDefective},
};

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

}  // namespace

std::string_view name(Kind kind) {
    for (const auto& [known, text] : kNames)
        if (known == kind) return text;
    return "unknown";
}

Kind kind_named(std::string_view text) {
    for (const auto& [known, known_text] : kNames)
        if (known_text == text) return known;
    return Kind::Unknown;
}

Kind kind_of(inventory::Action action) {
    for (const auto& [kind, known] : kActions)
        if (known == action) return kind;
    CHECK(false);
}

std::optional<inventory::Action> action_of(Kind kind) {
    for (const auto& [known, action] : kActions)
        if (known == kind) return action;
    return std::nullopt;
}

bool is_reference(Kind kind) { return kind >= Kind::Variant; }

std::string text_of(const Body& body, std::string_view field) {
    const auto found = body.find(field);
    return found != body.end() && found->second ? *found->second : std::string();
}

std::string clock_words(const Event& event) {
    using namespace std::chrono_literals;
    struct Step {
        std::chrono::seconds from, unit;
        const char* name;
    };
    static constexpr Step kSteps[] = {
        {48h, 24h, " days"}, {120min, 1h, " hours"}, {120s, 60s, " minutes"}};
    if (!event.hub_offset) return "";
    const auto off = std::chrono::abs(*event.hub_offset);
    for (const Step& step : kSteps)
        if (off >= step.from)
            return std::to_string(off / step.unit) + step.name +
                   (*event.hub_offset > 0s ? " ahead" : " behind");
    return "right";
}

std::string to_text(const EventId& id) {
    return base::to_hex(id.writer) + ":" + std::to_string(id.seq);
}

std::optional<EventId> parse_event_id(std::string_view text) {
    EventId id;
    const std::size_t colon = id.writer.size() * 2;
    if (text.size() < colon + 2 || text[colon] != ':') return std::nullopt;
    for (std::size_t i = 0; i < id.writer.size(); ++i) {
        const int high = hex_value(text[2 * i]), low = hex_value(text[2 * i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        id.writer[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, id.seq);
    if (error != std::errc() || stop != end || id.seq < 1) return std::nullopt;
    return id;
}

}  // namespace journal
