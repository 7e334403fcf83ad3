#include "store/hub_state.hpp"

#include "store/event_rows.hpp"
#include "store/store_impl.hpp"

namespace store {
namespace {

using Blob = std::span<const std::uint8_t>;

// A writer that came by a hub is another device's there, even before its key is known.
const std::string kSelectSent =
    "SELECT uuid, sent, coalesce(public_key, CASE WHEN from_hub THEN zeroblob(32) END)"
    " FROM writer w WHERE ";

std::vector<Unsent> read_sent(Database& database, const std::string& condition) {
    Statement select = database.prepare(kSelectSent + condition);
    std::vector<Unsent> all;
    while (select.step()) {
        Unsent one{to_array<base::RandomId>(select.blob(0)), select.integer(1)};
        if (!select.is_null(2)) one.public_key = to_array<base::Sha256>(select.blob(2));
        all.push_back(one);
    }
    return all;
}

}  // namespace

void keep_cursor(Database& database, const FeedCursor& read_to) {
    database.prepare("UPDATE meta SET hub_position = ?1, hub_hash = ?2")
        .bind(1, read_to.position)
        .bind(2, Blob(read_to.hash))
        .run();
}

Result<FeedCursor> Store::hub_cursor() {
    return impl_->read([&]() -> Result<FeedCursor> {
        Statement select = impl_->database.prepare("SELECT hub_position, hub_hash FROM meta");
        if (!select.step()) return FeedCursor{};
        return FeedCursor{select.integer(0), to_array<base::Sha256>(select.blob(1))};
    });
}

Result<std::int64_t> Store::hub_compared_to() {
    return impl_->read([&]() -> Result<std::int64_t> {
        return impl_->database.integer("SELECT hub_compared FROM meta");
    });
}

Result<void> Store::keep_hub_cursor(const FeedCursor& read_to) {
    return impl_->write([&]() -> Result<void> {
        keep_cursor(impl_->database, read_to);
        return {};
    });
}

Result<std::vector<Unsent>> Store::unsent() {
    return impl_->read([&]() -> Result<std::vector<Unsent>> {
        return read_sent(
            impl_->database,
            "EXISTS (SELECT 1 FROM event e WHERE e.writer = w.id AND e.seq = w.sent + 1)"
            " OR EXISTS (SELECT 1 FROM waiting t WHERE t.writer = w.id AND t.seq = w.sent + 1)");
    });
}

Result<std::vector<Unsent>> Store::unseen() {
    return impl_->read(
        [&]() -> Result<std::vector<Unsent>> { return read_sent(impl_->database, "sent > seen"); });
}

Result<void> Store::keep_sent(const base::RandomId& writer, std::int64_t seq) {
    return impl_->write([&]() -> Result<void> {
        impl_->database.prepare("UPDATE writer SET sent = ?2 WHERE uuid = ?1")
            .bind(1, Blob(writer))
            .bind(2, seq)
            .run();
        return {};
    });
}

Result<void> Store::forget_hub() {
    return impl_->write([&]() -> Result<void> {
        keep_cursor(impl_->database, {});
        impl_->database.execute(
            "UPDATE writer SET sent = 0, seen = 0; UPDATE client SET sent = 0;"
            " UPDATE meta SET confirmed_to = 0, hub_compared = 0");
        return {};
    });
}

Result<std::optional<base::Sha256>> Store::public_key(const base::RandomId& writer) {
    return impl_->read([&]() -> Result<std::optional<base::Sha256>> {
        Statement select = impl_->database.prepare(
            "SELECT public_key FROM writer WHERE uuid = ?1 AND public_key IS NOT NULL");
        if (!select.bind(1, Blob(writer)).step()) return std::nullopt;
        return to_array<base::Sha256>(select.blob(0));
    });
}

Result<void> Store::keep_public_key(const base::RandomId& writer, const base::Sha256& key) {
    const auto known = public_key(writer);
    if (!known) return fail(known.error());
    if (*known) return {};
    return impl_->write([&]() -> Result<void> {
        impl_->database
            .prepare("UPDATE writer SET public_key = ?2 WHERE uuid = ?1 AND public_key IS NULL")
            .bind(1, Blob(writer))
            .bind(2, Blob(key))
            .run();
        return {};
    });
}

Result<void> Store::keep_hub_clock(base::Timestamp hub_now) {
    constexpr std::int64_t kSameSeconds = 5;  // so that a sync with no news writes nothing
    const std::int64_t offset =
        std::chrono::duration_cast<std::chrono::seconds>(impl_->options.clock().utc - hub_now)
            .count();
    const auto is_known = impl_->read([&]() -> Result<bool> {
        Statement select = impl_->database.prepare(
            "SELECT 1 FROM meta WHERE abs(hub_offset - ?1) < " + std::to_string(kSameSeconds));
        return select.bind(1, offset).step();
    });
    if (!is_known) return fail(is_known.error());
    if (*is_known) return {};
    return impl_->write([&]() -> Result<void> {
        impl_->database.prepare("UPDATE meta SET hub_offset = ?1").bind(1, offset).run();
        return {};
    });
}

Result<void> Store::keep_synced(const SyncEnd& end) {
    const auto now = impl_->options.clock().utc.time_since_epoch().count();
    return impl_->write([&]() -> Result<void> {
        Database& database = impl_->database;
        database.prepare("UPDATE meta SET synced_at = ?1").bind(1, std::int64_t{now}).run();
        database.prepare("UPDATE writer SET synced = ?1 WHERE id = (SELECT writer FROM meta)")
            .bind(1, end.own_pushed)
            .run();
        if (!end.hub_now) return {};
        database.prepare("UPDATE meta SET hub_at = max(hub_at, ?1), hub_compared = ?2")
            .bind(1, std::int64_t{end.hub_now->time_since_epoch().count()})
            .bind(2, end.compared_to)
            .run();
        database.execute("UPDATE writer SET seen = sent WHERE seen <> sent");
        database
            .prepare(
                "UPDATE meta SET confirmed_to = (SELECT coalesce(min(id) - 1,"
                " (SELECT coalesce(max(id), 0) FROM event)) FROM (SELECT e.id FROM writer w"
                " JOIN event e ON e.writer = w.id AND e.seq = w.sent + 1 UNION ALL"
                " SELECT id FROM event WHERE writer = meta.writer AND seq = ?1 + 1))")
            .bind(1, end.own_pushed)
            .run();
        return {};
    });
}

Result<std::int64_t> Store::events_waiting() {
    return impl_->read([&]() -> Result<std::int64_t> {
        return impl_->database.integer(
            "SELECT coalesce((SELECT max(seq) FROM event WHERE writer = w.id), 0) - w.synced"
            " FROM meta m JOIN writer w ON w.id = m.writer");
    });
}

Result<std::optional<base::Timestamp>> Store::synced_at() {
    return impl_->read([&]() -> Result<std::optional<base::Timestamp>> {
        Statement select = impl_->database.prepare("SELECT synced_at FROM meta");
        if (!select.step() || select.is_null(0)) return std::nullopt;
        return base::Timestamp(std::chrono::milliseconds(select.integer(0)));
    });
}

}  // namespace store
