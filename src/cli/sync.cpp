// sync.
#include <algorithm>
#include <memory>
#include <string>

#include "cli/context.hpp"
#include "cli/json.hpp"
#include "sync/enrolment.hpp"
#include "sync/folder_transport.hpp"
#include "sync/places.hpp"

namespace cli {
namespace {

// The writers and the names that were passed over; the exit status.
int say_passed_over(const syncing::Synced& synced) {
    int status = 0;
    for (const std::string& damage : synced.names.damaged)
        status = print_error({ErrorKind::InvalidInput, damage});
    for (const base::RandomId& writer : synced.copied)
        status = std::max(status, print_error(store::copied_writer(writer)));
    return status;
}

int run_sync(const Context& context, store::Store& store, const std::string& to) {
    const auto synced =
        syncing::synchronize_all(store, {to.empty() ? context.settings.sync_to : to, to.empty()},
                                 {}, progress_line("synced"));
    if (!synced) return print_error(synced.error());
    const int status = say_passed_over(*synced);
    const auto conflicts = store.conflict_count();
    if (!conflicts) return print_error(conflicts.error());
    if (context.json) {
        print_line(ordered_json{{"sent", synced->sent},
                                {"received", synced->received},
                                {"waiting", synced->waiting},
                                {"reissued", synced->reissued},
                                {"conflicts", *conflicts}}
                       .dump());
        return status;
    }
    print_line("sent " + std::to_string(synced->sent) + ", received " +
               std::to_string(synced->received) + " events");
    if (synced->new_writer)
        print_line(
            "this database had lost own events; they are back, and it goes on under a new "
            "name");
    if (synced->reissued > 0)
        print_line("this database was copied: its " + std::to_string(synced->reissued) +
                   " acts since then are kept under a new name");
    if (synced->waiting > 0)
        print_line(std::to_string(synced->waiting) +
                   " events wait for others that have not come yet; sync again later");
    if (*conflicts > 0)
        print_line(std::to_string(*conflicts) + " to settle; see: unitrail conflicts");
    return status;
}

}  // namespace

void add_sync(CLI::App& root, Context& context) {
    CLI::App* command = root.add_subcommand("sync", "Exchange events with the other stations");
    add_common(*command, context);
    const auto to = std::make_shared<std::string>();
    command->add_option("--to", *to,
                        "folder:DIR, a share or stick that all stations reach (default: the hub "
                        "that this\ndevice is enrolled at, and the place in the settings)");
    on_store(*command, context,
             [&context, to](store::Store& store) { return run_sync(context, store, *to); });
}

}  // namespace cli
