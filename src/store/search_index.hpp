// Finding a part of a serial. The last digits: a table of the keys backwards, kept with every unit.
// Any part: an index of the keys' trigrams (SQLite's FTS5), which follows the table of units in
// steps, because a step costs the same for one unit as for hundreds; the few units behind its end
// are looked through. Internal to src/store; throws SqlError.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "store/database.hpp"

namespace store {

// Units with an id up to this one are in the trigrams.
std::int64_t indexed_to(Database& database);

// Takes the units up to the event `last_row` in, when enough of them wait. Within a transaction.
void keep_indexed(Database& database, std::int64_t last_row);

// A unit that is new, or whose key changed. Within a transaction.
void index_new(Database& database, std::int64_t unit, const std::string& key);
void index_renamed(Database& database, std::int64_t unit, const std::string& old_key,
                   const std::string& new_key);

bool ends_indexed(Database& database, std::int64_t unit, const std::string& key);

// Whether the trigrams are those of the keys up to indexed_to(), none more and none fewer.
bool parts_indexed(Database& database);

// Makes both again.
void index_anew(Database& database);

// What unit_search is asked for `text`: all of its trigrams, which may stand apart, so that a unit
// found is still to be compared. "" for a text too short to have one.
std::string trigram_query(std::string_view text);

}  // namespace store
