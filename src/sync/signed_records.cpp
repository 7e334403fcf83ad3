#include "sync/signed_records.hpp"

#include "base/text.hpp"
#include "journal/record.hpp"

namespace syncing {

std::string signed_text(const std::string& organization, const store::WriterHead& head) {
    return "unitrail-head 1 " + organization + ' ' + base::to_hex(head.writer) + ' ' +
           std::to_string(head.seq) + ' ' + base::to_hex(head.hash);
}

store::WriterHead head_after(const store::Records& records) {
    store::WriterHead head{records.writer, records.first_seq - 1, records.previous_hash};
    for (const std::string& record : records.records) {
        head.hash = journal::chain_hash(head.hash, record);
        ++head.seq;
    }
    return head;
}

Result<SignedRecords> signed_records(store::Store& store, const std::string& organization,
                                     const base::SigningKey& key, store::Records records) {
    const auto own = store.own_head();
    if (!own) return fail(own.error());
    const base::PublicKey mine = base::public_key(key);
    if (records.writer != own->writer) {
        const auto known = store.public_key(records.writer);
        if (!known) return fail(known.error());
        if (*known != mine) return SignedRecords{std::move(records), std::nullopt};
    }
    const std::string text = signed_text(organization, head_after(records));
    return SignedRecords{std::move(records), HeadSignature{mine, base::sign(key, text)}};
}

Result<void> check_signed(store::Store& store, const std::string& organization,
                          const store::WriterHead& head,
                          const std::optional<HeadSignature>& signature) {
    const auto known = store.public_key(head.writer);
    if (!known) return fail(known.error());
    const std::string writer = base::to_hex(head.writer).substr(0, 8);
    if (*known && signature && **known != signature->key)
        return fail(ErrorKind::Refused,
                    "the hub shows another key for " + writer +
                        " than before: somebody may have changed its records. Ask who runs the "
                        "hub");
    if (signature
            ? base::is_signed(signed_text(organization, head), signature->signature, signature->key)
            : !*known)
        return {};
    return fail(ErrorKind::Refused, "the hub's records of " + writer +
                                        " are not signed by the device that wrote them; tell who "
                                        "runs the hub");
}

Result<void> check_signed(store::Store& store, const std::string& organization,
                          const SignedRecords& records) {
    if (records.records.records.empty()) return {};  // left out: they are known here
    return check_signed(store, organization, head_after(records.records), records.signature);
}

}  // namespace syncing
