// An event as bytes: canonical JSON (RFC 8785), stored, hashed and sent exactly as first written.
//
//     hash = SHA-256(hash of the writer's previous event ‖ record), 32 zero bytes before the first
//
// Members: v kind serial key key_rule writer seq parents root reissue_of at zone hub_offset (in
// seconds) operator device app scan body. Absent ones are left out. There are strings and integers
// only, never a floating-point number.
#pragma once

#include <string>
#include <string_view>

#include "base/hash.hpp"
#include "base/result.hpp"
#include "journal/event.hpp"

namespace journal {

inline constexpr int kRecordVersion = 1;
// Nobody takes a larger record: neither the hub nor another device.
inline constexpr std::size_t kRecordBytesMax = std::size_t{64} * 1024;

std::string to_record(const Event& event);

// Refused when the event's record would be larger than that, with the name of its longest text.
Result<void> check_size(const Event& event, std::string_view record);

// InvalidInput when the bytes are no record. Members that this version does not know are ignored,
// an unknown kind is Kind::Unknown.
Result<Event> parse_record(std::string_view record);

// The record under other names: writer, seq, parents, root, reissue_of and, of its body, undoes and
// conflict are those of `event`. All else stays as it is, also what this version does not know.
std::string reissued_record(std::string_view record, const Event& event);

base::Sha256 chain_hash(const base::Sha256& previous, std::string_view record);

}  // namespace journal
