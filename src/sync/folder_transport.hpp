// A folder as the way to other devices: a share, a folder that a program synchronizes, a USB stick.
//
//     FOLDER/organization                        whose it is, 32 hex digits
//     FOLDER/WRITER/000000000001-000000002000.seg
//     FOLDER/clients/REF                         a client's name; empty: it was erased
//
// A segment is written under another name and renamed, and never changed: what is half copied is
// not seen. Its first line says what it holds, every further line is one record:
//
//     unitrail-segment 1 ORGANIZATION WRITER FIRST LAST PREVIOUS-HASH HASH
//
// with both hashes in hex, of the record before the first and of the last (record.hpp).
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "sync/transport.hpp"

namespace syncing {

// The way that the words name, "folder:DIR"; InvalidInput for others.
Result<std::unique_ptr<Transport>> transport_to(const std::string& words);

// The folder is made when only its last part is missing.
std::unique_ptr<Transport> make_folder_transport(std::string folder);

}  // namespace syncing
