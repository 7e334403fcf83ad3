#include "sync/client_names.hpp"

#include <map>

namespace syncing {
namespace {

constexpr std::int64_t kNamesPerPage = 1000;

enum class Name : std::uint8_t { Known, Erased };
using Names = std::map<std::string, Name>;  // by reference

Name state_of(bool erased) { return erased ? Name::Erased : Name::Known; }

// Whether who has `mine` lacks what who has `theirs` knows of a client.
bool is_news(const Names& mine, const std::string& ref, Name theirs) {
    const auto found = mine.find(ref);
    return found == mine.end() || (found->second == Name::Known && theirs == Name::Erased);
}

Result<void> receive_names(store::Store& store, Transport& transport, const Names& here,
                           const Names& there, NamesExchanged& done) {
    std::vector<std::string> wanted;
    for (const auto& [ref, name] : there)
        if (is_news(here, ref, name)) wanted.push_back(ref);
    if (wanted.empty()) return {};
    const auto names = transport.client_names(wanted);
    if (!names) return fail(names.error());
    done.damaged = names->damaged;
    const auto taken = store.take_client_names(names->names);
    if (!taken) return fail(taken.error());
    done.received = *taken;
    return {};
}

}  // namespace

Result<NamesExchanged> exchange_client_names(store::Store& store, Transport& transport) {
    const auto clients = transport.clients();
    if (!clients) return fail(clients.error());
    Names here, there;
    for (const ClientThere& client : *clients) there[client.ref] = state_of(client.erased);
    NamesExchanged done;
    std::vector<store::ClientName> to_send;
    for (std::string after;;) {
        const auto page = store.client_names(after, kNamesPerPage);
        if (!page) return fail(page.error());
        if (page->empty()) break;
        after = page->back().ref;
        for (const store::ClientName& client : *page) {
            const Name name = here[client.ref] = state_of(client.name.empty());
            if (is_news(there, client.ref, name)) to_send.push_back(client);
        }
    }
    if (auto received = receive_names(store, transport, here, there, done); !received)
        return fail(received.error());
    if (to_send.empty()) return done;
    if (auto put = transport.put_client_names(to_send); !put) return fail(put.error());
    done.sent = static_cast<std::int64_t>(to_send.size());
    return done;
}

}  // namespace syncing
