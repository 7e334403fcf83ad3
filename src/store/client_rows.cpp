#include "store/client_rows.hpp"

#include <algorithm>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "store/store_impl.hpp"

namespace store {
namespace {

constexpr std::string_view kRefBegin = "client-";

// A name that is here stays as it is, erased ones stay erased. Whether anything changed.
bool take_name(Database& database, const ClientName& client) {
    const std::string name = base::trim(client.name);
    // Wherever an erased one comes from has not heard of it, or has lost it.
    if (!name.empty())
        database.prepare("UPDATE client SET sent = 0 WHERE ref = ?1 AND name = '' AND sent = 1")
            .bind(1, client.ref)
            .run();
    database
        .prepare(
            "INSERT INTO client (ref, key, name) VALUES (?1, ?2, ?3) ON CONFLICT (ref) DO UPDATE"
            " SET key = excluded.key, name = excluded.name, sent = 0"
            " WHERE client.name IS NULL OR (excluded.name = '' AND client.name <> '')")
        .bind(1, client.ref)
        .bind(2, name.empty() ? std::nullopt : std::optional(base::comparison_key(name)))
        .bind(3, name)
        .run();
    return database.integer("SELECT changes()") > 0;
}

}  // namespace

bool is_client_ref(std::string_view ref) {
    return ref.size() == kRefBegin.size() + 2 * base::RandomId().size() &&
           ref.starts_with(kRefBegin) &&
           ref.find_first_not_of("0123456789abcdef", kRefBegin.size()) == std::string_view::npos;
}

std::vector<std::string> client_refs(Database& database, const std::string& client) {
    std::vector<std::string> refs;
    if (!base::is_utf8(client)) return refs;
    Statement select = database.prepare("SELECT ref FROM client WHERE key = ?1 ORDER BY ref");
    select.bind(1, base::comparison_key(client));
    while (select.step()) refs.push_back(select.text(0));
    return refs;
}

std::string client_ref(Database& database, const std::string& client) {
    const auto known = client_refs(database, client);
    if (!known.empty()) return known.front();
    std::string ref = std::string(kRefBegin) + base::to_hex(base::random_id());
    take_name(database, {ref, client});
    return ref;
}

std::string client_shown(const std::optional<std::string>& name) {
    if (!name) return "(name not known here)";
    return name->empty() ? "(name erased)" : *name;
}

std::string client_shown(Database& database, const std::string& ref) {
    Statement select = database.prepare("SELECT name FROM client WHERE ref = ?1");
    return client_shown(select.bind(1, ref).step() ? select.optional_text(0) : std::nullopt);
}

void keep_client(Database& database, const std::string& ref) {
    database.prepare("INSERT OR IGNORE INTO client (ref) VALUES (?1)").bind(1, ref).run();
}

Result<std::vector<ClientName>> Store::client_names(const std::string& after, std::int64_t limit) {
    return impl_->read([&]() -> Result<std::vector<ClientName>> {
        std::vector<ClientName> names;
        Statement select = impl_->database.prepare(
            "SELECT ref, name FROM client WHERE ref > ?1 AND name IS NOT NULL ORDER BY ref"
            " LIMIT ?2");
        select.bind(1, after).bind(2, limit);
        while (select.step()) names.push_back({select.text(0), select.text(1)});
        return names;
    });
}

Result<std::int64_t> Store::take_client_names(std::span<const ClientName> names) {
    for (const ClientName& client : names) {
        if (!is_client_ref(client.ref))
            return fail(ErrorKind::InvalidInput,
                        "\"" + base::printable(client.ref) + "\" is no reference to a client");
        if (auto ok = check_texts({{"client", client.name}}, ""); !ok) return fail(ok.error());
    }
    if (names.empty()) return 0;
    return impl_->write([&]() -> Result<std::int64_t> {
        std::int64_t changed = 0;
        impl_->database.execute("PRAGMA secure_delete = ON");  // as in erase_client()
        for (const ClientName& client : names) changed += take_name(impl_->database, client);
        return changed;
    });
}

Result<std::vector<std::string>> Store::erase_client(const std::string& ref_or_name) {
    Database& database = impl_->database;
    const std::string wanted = base::trim(ref_or_name);
    const auto erase = [&]() -> Result<std::vector<std::string>> {
        std::vector<std::string> refs = client_refs(database, wanted);
        Statement known = database.prepare("SELECT name = '' FROM client WHERE ref = ?1");
        if (is_client_ref(wanted) && known.bind(1, wanted).step()) {
            if (known.integer(0) == 1)
                return fail(ErrorKind::Refused, "the name of " + wanted + " is erased already");
            refs = {wanted};
        }
        if (refs.empty())
            return fail(ErrorKind::NotFound, "no client \"" + base::printable(wanted) +
                                                 "\" here; \"unitrail client list\" shows them");
        for (const std::string& ref : refs) take_name(database, {ref, ""});
        return refs;
    };
    return guarded(path(), [&]() -> Result<std::vector<std::string>> {
        // What is erased is not to be found in the file's free space, either.
        database.execute("PRAGMA secure_delete = ON");
        return impl_->write(erase);
    });
}

Result<std::vector<ClientName>> Store::unsent_client_names(const std::string& after,
                                                           std::int64_t limit) {
    return impl_->read([&]() -> Result<std::vector<ClientName>> {
        std::vector<ClientName> names;
        Statement select = impl_->database.prepare(
            "SELECT ref, name FROM client WHERE sent = 0 AND name IS NOT NULL AND ref > ?1"
            " ORDER BY ref LIMIT ?2");
        select.bind(1, after).bind(2, limit);
        while (select.step()) names.push_back({select.text(0), select.text(1)});
        return names;
    });
}

Result<void> Store::keep_client_names_sent(std::span<const ClientName> names) {
    if (names.empty()) return {};
    return impl_->write([&]() -> Result<void> {
        for (const ClientName& client : names)
            impl_->database
                .prepare("UPDATE client SET sent = 1 WHERE ref = ?1 AND name = ?2 AND sent = 0")
                .bind(1, client.ref)
                .bind(2, client.name)
                .run();
        return {};
    });
}

}  // namespace store
