// What Store keeps and the files of src/store share. Internal; throws SqlError.
#pragma once

#include <string>
#include <utility>

#include "store/database.hpp"
#include "store/store.hpp"

namespace store {

// Everything that goes into a record is text that can be shown again; Refused otherwise.
Result<void> check_texts(const journal::Body& body, const std::string& operator_name);

struct Store::Impl {
    Impl(const std::string& path, Options given) : database(path), options(std::move(given)) {}

    Database database;
    Options options;

    // The event's fields that do not depend on the act.
    [[nodiscard]] journal::Event new_event(journal::Kind kind, const std::string& serial,
                                           const std::string& key,
                                           const std::string& operator_name) const;

    // Storage when the disk is nearly full.
    [[nodiscard]] Result<void> check_space() const;

    // Runs `body` as one write transaction, committed when it returns a value.
    template <typename Body>
    auto write(Body body) -> decltype(body()) {
        return guarded(database.path(), [&]() -> decltype(body()) {
            if (auto space = check_space(); !space) return fail(space.error());
            Transaction transaction(database);
            auto result = body();
            if (result) transaction.commit();
            return result;
        });
    }

    template <typename Body>
    auto read(Body body) -> decltype(body()) {
        return guarded(database.path(), std::move(body));
    }
};

}  // namespace store
