#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/text.hpp"
#include "cli/cli.hpp"
#include "cli/context.hpp"
#include "cli/json.hpp"

namespace cli {
namespace {

ordered_json to_json(const store::UnitRecord& record) {
    const inventory::Unit& unit = record.unit;
    ordered_json actions = ordered_json::array(), identifiers = ordered_json::array(),
                 conflicts = ordered_json::array();
    if (record.conflict) conflicts.push_back(record.conflict->id);
    for (const auto action : inventory::actions_of(unit.status))
        actions.push_back(inventory::name(action));
    for (const auto& identifier : unit.identifiers)
        identifiers.push_back({{"kind", identifier.kind}, {"value", identifier.value}});
    return {{"serial", unit.serial},
            {"key", unit.key},
            {"variant", unit.variant},
            {"variant_name", or_null(record.variant_name)},
            {"gtin", or_null(record.gtin)},
            {"lot", or_null(unit.lot)},
            {"lot_expiry", or_null(record.lot_expiry)},
            {"warehouse", or_null(unit.warehouse)},
            {"location", or_null(unit.location)},
            {"purchase_date", or_null(unit.purchase_date)},
            {"warranty_expiry", or_null(unit.warranty_expiry)},
            {"status", inventory::name(unit.status)},
            {"client", or_null(unit.client)},
            {"order", or_null(unit.order)},
            {"rma", or_null(unit.rma)},
            {"reason", or_null(unit.reason)},
            {"hold", or_null(unit.hold)},
            {"recalled", record.recall.has_value()},
            {"conflicts", conflicts},
            {"confirmed", record.confirmed},
            {"provisional", unit.provisional},
            {"identifiers", identifiers},
            {"actions", actions}};
}

}  // namespace

int exit_status(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::Refused:
        case ErrorKind::NotFound: return 1;
        case ErrorKind::InvalidInput: return 2;
        case ErrorKind::Storage:
        case ErrorKind::Network:
        case ErrorKind::Device: return 3;
    }
    return 3;
}

void print_line(const std::string& line) {
    const bool written = std::fwrite(line.data(), 1, line.size(), stdout) == line.size() &&
                         std::fputc('\n', stdout) != EOF && std::fflush(stdout) == 0;
    if (written) return;
    if (errno != EPIPE)
        std::fprintf(stderr, "unitrail: the output cannot be written: %s\n", std::strerror(errno));
    throw Closed{};
}

void print_field(std::string name, const std::string& value) {
    constexpr std::size_t kWidth = 18;  // of the column of names
    if (value.empty()) return;
    name.resize(std::max(kWidth, name.size() + 1), ' ');
    print_line(name + value);
}

store::Progress progress_line(const char* what) {
    if (isatty(STDERR_FILENO) == 0) return {};
    return [what](std::int64_t done, std::int64_t total) {
        std::fprintf(stderr, "\r%s %lld of %lld", what, static_cast<long long>(done),
                     static_cast<long long>(total));
        if (done >= total) std::fputs("\n", stderr);
    };
}

int print_error(const Error& error) {
    std::fprintf(stderr, "unitrail: %s\n", error.message.c_str());
    return exit_status(error.kind);
}

std::string unit_json(const store::UnitRecord& unit) { return to_json(unit).dump(); }

std::string event_json(const store::EventRecord& record) {
    const journal::Event& event = record.event;
    ordered_json body = ordered_json::object();
    for (const auto& [field, value] : event.body) body[field] = or_null(value);
    ordered_json parents = ordered_json::array();
    for (const auto& parent : event.parents) parents.push_back(journal::to_text(parent));
    ordered_json line = {
        {"writer", base::to_hex(event.id.writer)},
        {"seq", event.id.seq},
        {"kind", event.kind_text},
        {"serial", event.serial},
        {"key", event.key},
        {"at", base::to_iso(event.at.utc)},
        {"zone", base::offset_to_iso(event.at.offset)},
        {"hub_offset",
         event.hub_offset ? ordered_json(event.hub_offset->count()) : ordered_json(nullptr)},
        {"operator", or_null(event.operator_name)},
        {"device", or_null(event.device)},
        {"app", or_null(event.app_version)},
        {"parents", parents},
        {"reissue_of", event.reissue_of ? ordered_json(journal::to_text(*event.reissue_of))
                                        : ordered_json(nullptr)},
        {"hash", record.hash},
        {"body", body},
        {"client", or_null(record.client)},
        {"words", record.words},
        {"stands", record.stands},
        {"refusal", or_null(record.refusal)}};
    line["scan"] = event.scan ? ordered_json{{"raw_base64", event.scan->raw_base64},
                                             {"symbology_id", event.scan->symbology_id},
                                             {"rule", event.scan->rule}}
                              : ordered_json(nullptr);
    return line.dump();
}

std::string outcome_json(const std::optional<std::string>& serial, const store::UnitRecord* unit,
                         const Error* error) {
    ordered_json line = {{"serial", nullptr}, {"ok", error == nullptr}};
    if (serial) line["serial"] = base::is_utf8(*serial) ? *serial : base::printable(*serial);
    if (error != nullptr)
        line["error"] = {{"kind", name(error->kind)}, {"message", error->message}};
    line["unit"] = unit != nullptr ? to_json(*unit) : ordered_json(nullptr);
    return line.dump();
}

std::string unit_line(const store::UnitRecord& record) {
    const inventory::Unit& unit = record.unit;
    std::string place = unit.warehouse.value_or("-");
    if (unit.location) place += " / " + *unit.location;
    std::string line = unit.serial + "\t" + std::string(inventory::label(unit.status)) + "\t" +
                       (record.variant_name.empty() ? unit.variant : record.variant_name) + "\t" +
                       place;
    if (unit.client) line += "\t" + *unit.client;
    return line;
}

}  // namespace cli
