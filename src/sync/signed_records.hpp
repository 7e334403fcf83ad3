// Who wrote the records that a hub hands out: every push is signed by the device that wrote it, so
// that who runs the hub cannot change what is there without being noticed.
#pragma once

#include "base/result.hpp"
#include "base/signature.hpp"
#include "store/store.hpp"
#include "sync/hub.hpp"

namespace syncing {

// With this device's signature, unless they are another device's.
Result<SignedRecords> signed_records(store::Store& store, const std::string& organization,
                                     const base::SigningKey& key, store::Records records);

// Refused: the head is not signed, or not by the key that the writer had before. A writer of whom
// no device has shown a key yet needs none.
Result<void> check_signed(store::Store& store, const std::string& organization,
                          const store::WriterHead& head,
                          const std::optional<HeadSignature>& signature);
Result<void> check_signed(store::Store& store, const std::string& organization,
                          const SignedRecords& records);

}  // namespace syncing
