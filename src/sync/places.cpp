#include "sync/places.hpp"

#include <filesystem>
#include <optional>

#include "sync/enrolment.hpp"
#include "sync/folder_transport.hpp"
#include "sync/hub_step.hpp"
#include "sync/postgres_hub.hpp"

namespace syncing {
namespace {

Result<Synced> synchronize_hub(store::Store& store, const Enrolment& enrolment,
                               const Waiting& waiting, const store::Progress& progress) {
    const auto hub = connect_hub(enrolment, store.path(), waiting);
    if (!hub) return fail(hub.error());
    return synchronize(store, **hub, enrolment.signing_key, progress);
}

void add(Synced& all, const Synced& more) {
    all.received += more.received;
    all.sent += more.sent;
    all.waiting = more.waiting;
    all.new_writer = all.new_writer || more.new_writer;
    all.reissued += more.reissued;
    all.names.received += more.names.received;
    all.names.sent += more.names.sent;
    all.names.damaged.insert(all.names.damaged.end(), more.names.damaged.begin(),
                             more.names.damaged.end());
    all.copied.insert(all.copied.end(), more.copied.begin(), more.copied.end());
}

}  // namespace

Result<void> enroll(store::Store& store, const std::string& code) {
    const auto enrolment = parse_code(code);
    if (!enrolment) return fail(enrolment.error());
    if (auto joined = store.join(enrolment->organization); !joined) return joined;
    // It may be another hub than before: what that one had is not known of this one.
    if (auto forgot = store.forget_hub(); !forgot) return forgot;
    return write_enrolment(store.path(), *enrolment);
}

bool has_place(const std::string& database, const Places& places) {
    return !places.to.empty() || (places.hub && std::filesystem::exists(enrolment_path(database)));
}

Result<Synced> synchronize_all(store::Store& store, const Places& places, const Waiting& waiting,
                               const store::Progress& progress) {
    const auto enrolment =
        places.hub ? read_enrolment(store.path()) : Result<std::optional<Enrolment>>();
    if (!enrolment) return fail(enrolment.error());
    if (!*enrolment && places.to.empty())
        return fail(
            ErrorKind::InvalidInput,
            "nowhere to sync to; enrol at a hub (unitrail enroll CODE) or name a place with "
            "--to folder:DIR");
    Synced all;
    std::optional<Error> failure;  // one place that is not there must not keep the other waiting
    const auto take = [&](const Result<Synced>& synced) {
        if (synced)
            add(all, *synced);
        else if (!failure)
            failure = synced.error();
    };
    if (*enrolment) take(synchronize_hub(store, **enrolment, waiting, progress));
    if (!places.to.empty()) {
        const auto transport = transport_to(places.to);
        take(transport ? synchronize(store, **transport, progress)
                       : Result<Synced>(fail(transport.error())));
    }
    if (failure) return fail(*failure);
    return all;
}

}  // namespace syncing
