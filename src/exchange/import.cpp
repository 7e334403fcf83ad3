#include "exchange/import.hpp"

#include <algorithm>
#include <istream>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "exchange/csv.hpp"
#include "inventory/dates.hpp"

namespace exchange {
namespace {

constexpr std::int64_t kRowsPerTransaction = 5000;

struct Column {
    const char* field;  // of the event's body; "serial" is the serial itself
    const char* names[2];
};

constexpr Column kColumns[] = {
    {"serial", {"serial", "serialnumber"}},
    {"variant", {"variant", "productvariant"}},
    {"lot", {"lot", "lot"}},
    {"warehouse", {"warehouse", "warehouse"}},
    {"location", {"location", "location"}},
    {"purchase_date", {"purchasedate", "purchasedate"}},
    {"warranty_expiry", {"warrantyexpiry", "warrantyexpiry"}},
};

// "Serial Number", "serial_number" and "SERIAL NUMBER" are one name.
std::string normal_name(const std::string& header) {
    std::string name = base::is_utf8(header) ? base::comparison_key(header) : header;
    std::erase_if(name, [](char c) { return c == '_' || c == '-'; });
    return name;
}

const Column* column_named(const std::string& header) {
    const std::string name = normal_name(header);
    for (const Column& column : kColumns)
        if (name == column.names[0] || name == column.names[1]) return &column;
    return nullptr;
}

Result<std::vector<const Column*>> read_header(CsvReader& reader) {
    auto header = reader.next();
    if (!header) return fail(header.error());
    if (!*header)
        return fail(ErrorKind::InvalidInput, "the file is empty; its first line names the columns");
    std::vector<const Column*> columns;
    for (const std::string& name : **header) {
        const Column* column = column_named(name);
        if (column == nullptr)
            return fail(ErrorKind::InvalidInput,
                        "line 1: unknown column \"" + base::printable(name) +
                            "\"; known: serial, variant, lot, warehouse, location, "
                            "purchase_date, warranty_expiry");
        if (std::ranges::find(columns, column) != columns.end())
            return fail(ErrorKind::InvalidInput,
                        "line 1: the column \"" + base::printable(name) + "\" is there twice");
        columns.push_back(column);
    }
    for (const Column& needed : {kColumns[0], kColumns[1]})
        if (std::ranges::none_of(columns,
                                 [&](const Column* c) { return c->field == needed.field; }))
            return fail(ErrorKind::InvalidInput,
                        std::string("line 1: the column ") + needed.field + " is missing");
    return columns;
}

store::Act act_of(const CsvRecord& record, const std::vector<const Column*>& columns,
                  const ImportOptions& options) {
    store::Act act;
    act.kind = journal::Kind::Registered;
    act.operator_name = options.operator_name;
    for (std::size_t i = 0; i < columns.size() && i < record.size(); ++i) {
        const std::string value = base::is_utf8(record[i]) ? base::trim(record[i]) : record[i];
        if (columns[i]->field == std::string_view("serial"))
            act.serial = value;
        else if (!value.empty())
            act.body[columns[i]->field] = value;
    }
    if (!act.body.contains("warehouse") && !act.body.contains("location") &&
        !options.warehouse.empty()) {
        act.body["warehouse"] = options.warehouse;
        if (!options.location.empty()) act.body["location"] = options.location;
    }
    return act;
}

}  // namespace

Result<Imported> import_units(std::istream& csv, store::Store& store, const ImportOptions& options,
                              const std::function<void(const RefusedRow&)>& on_refused,
                              const store::Progress& progress) {
    CsvReader reader(csv);
    const auto columns = read_header(reader);
    if (!columns) return fail(columns.error());
    Imported imported;
    // In a dry run nothing is written that a later row could clash with.
    std::set<std::string> seen;
    bool ended = false;
    while (!ended) {
        // Rows share a transaction, so that the disk is waited for once in many rows.
        std::vector<store::Act> acts;
        std::vector<std::int64_t> lines;
        while (static_cast<std::int64_t>(acts.size()) < kRowsPerTransaction) {
            auto record = reader.next();
            if (!record) return fail(record.error());
            ended = !record->has_value();
            if (ended) break;
            if ((*record)->size() > columns->size()) {
                ++imported.refused;
                on_refused({reader.line(),
                            "",
                            {ErrorKind::Refused, "the row has more fields than the first line"}});
                continue;
            }
            store::Act act = act_of(**record, *columns, options);
            if (options.dry_run && base::is_utf8(act.serial) &&
                !seen.insert(base::comparison_key(act.serial)).second) {
                ++imported.refused;
                on_refused({reader.line(),
                            act.serial,
                            {ErrorKind::Refused, act.serial + " is in the file twice"}});
                continue;
            }
            acts.push_back(std::move(act));
            lines.push_back(reader.line());
        }
        const auto results = store.act_all(acts, options.dry_run);
        if (!results) return fail(results.error());
        for (std::size_t i = 0; i < acts.size(); ++i) {
            if (!(*results)[i]) {
                ++imported.registered;
                continue;
            }
            ++imported.refused;
            on_refused({lines[i], acts[i].serial, *(*results)[i]});
        }
        if (progress) progress(imported.registered + imported.refused, 0);
    }
    return imported;
}

}  // namespace exchange
