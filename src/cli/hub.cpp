// hub init, enroll, revoke, status; enroll.
#include <filesystem>
#include <memory>

#include "base/text.hpp"
#include "cli/context.hpp"
#include "cli/json.hpp"
#include "scanner/qr_text.hpp"
#include "sync/enrolment.hpp"
#include "sync/hub_admin.hpp"
#include "sync/places.hpp"

namespace cli {
namespace {

struct HubWords {
    std::string address, device;
};

// The organization of the database that --db names, "" when there is none.
Result<std::string> organization_of(const Context& context) {
    if (!std::filesystem::exists(context.db_path())) return std::string();
    auto store = context.open();
    if (!store) return fail(store.error());
    return store->organization();
}

// Makes `work(parameters, organization)` the subcommand's job.
template <typename Work>
void on_hub(CLI::App& command, Context& context, const std::shared_ptr<HubWords>& words,
            Work work) {
    command
        .add_option("URL", words->address,
                    "The hub's database: postgresql://USER@HOST/DATABASE?sslrootcert=CA.pem")
        ->required();
    add_common(command, context);
    command.callback([&context, words, work] {
        context.job = [&context, words, work]() -> int {
            const auto parameters = syncing::admin_parameters(words->address);
            if (!parameters) return print_error(parameters.error());
            const auto organization = organization_of(context);
            if (!organization) return print_error(organization.error());
            return work(*parameters, *organization);
        };
    });
}

int run_init(const Context& context, const syncing::ConnectionParameters& hub,
             const std::string& organization) {
    const auto installed = syncing::install_hub(hub, organization);
    if (!installed) return print_error(installed.error());
    if (context.json) {
        print_line(ordered_json{{"organization", or_null(installed->organization)},
                                {"new", installed->is_new},
                                {"open", installed->open}}
                       .dump());
        return 0;
    }
    print_line(installed->is_new ? "the hub is ready" : "the hub is there and up to date");
    for (const std::string& open : installed->open)
        print_line("warning: devices can " + open +
                   " there; run this once as the server's superuser to forbid it");
    print_line("next: unitrail hub enroll URL --device NAME");
    return 0;
}

int run_enroll_device(const Context& context, const syncing::ConnectionParameters& hub,
                      const std::string& organization, const std::string& device) {
    const auto enrolment = syncing::enroll_device(hub, organization, device);
    if (!enrolment) return print_error(enrolment.error());
    const std::string code = syncing::to_code(*enrolment);
    if (context.json) {
        print_line(
            ordered_json{{"device", device}, {"role", enrolment->role}, {"code", code}}.dump());
        return 0;
    }
    if (const auto picture = scanner::qr_text(code))
        print_line(*picture);
    else
        print_line("(the CA's certificates are too long for a QR code; use the text)");
    print_line("On \"" + base::trim(device) +
               "\": scan the code above in the window, or run: unitrail enroll CODE");
    print_line("It holds the device's secret: show it to nobody else.");
    print_line(code);
    return 0;
}

int run_revoke(const Context& context, const syncing::ConnectionParameters& hub,
               const std::string& organization, const std::string& device) {
    const auto revoked = syncing::revoke_device(hub, organization, device);
    if (!revoked) return print_error(revoked.error());
    if (context.json) {
        print_line(ordered_json{
            {"device", device}, {"seen_at", or_null(revoked->seen_at)}, {"missing", revoked->acts}}
                       .dump());
        return 0;
    }
    print_line("\"" + device + "\" cannot sync any more; " +
               (revoked->seen_at.empty() ? "it never did"
                                         : "it was last seen " + revoked->seen_at + " UTC"));
    if (revoked->acts.empty())
        print_line("all acts that it told of have arrived; what it did since then is on it alone");
    for (const std::string& acts : revoked->acts)
        print_line("its acts " + acts + " never arrived; they are on it alone");
    return 0;
}

ordered_json to_json(const syncing::HubStatus& status) {
    ordered_json devices = ordered_json::array();
    for (const syncing::HubDevice& device : status.devices)
        devices.push_back({{"name", device.name},
                           {"revoked", device.revoked},
                           {"seen_at", or_null(device.seen_at)},
                           {"behind", device.behind},
                           {"events", device.events},
                           {"missing", device.missing}});
    return {{"version", status.version}, {"organization", status.organization},
            {"events", status.events},   {"devices", devices},
            {"lost", status.lost},       {"alarms", status.alarms}};
}

std::string in_words(const syncing::HubDevice& device) {
    std::string words = device.name + ": ";
    if (device.revoked) words += "revoked, ";
    words += device.seen_at.empty() ? "never seen" : "last seen " + device.seen_at + " UTC";
    words += ", " + std::to_string(device.events) + (device.events == 1 ? " event" : " events");
    if (!device.revoked)
        words += device.behind == 0
                     ? ", up to date"
                     : ", pushes that it has not read: " + std::to_string(device.behind);
    if (device.missing > 0)
        words += ", events that it told of and that are missing: " + std::to_string(device.missing);
    return words;
}

int run_status(const Context& context, const syncing::ConnectionParameters& hub,
               const std::string& organization) {
    const auto status = syncing::hub_status(hub, organization);
    if (!status) return print_error(status.error());
    if (context.json) {
        print_line(to_json(*status).dump());
        return 0;
    }
    print_line(std::to_string(status->events) + " events from " +
               std::to_string(status->devices.size()) + " devices");
    for (const syncing::HubDevice& device : status->devices) print_line(in_words(device));
    for (const std::string& acts : status->lost)
        print_line("lost by a restored hub, until their author syncs again: " + acts);
    for (const std::string& alarm : status->alarms) print_line("alarm: " + alarm);
    return 0;
}

int run_enroll(const Context& context, store::Store& store, const std::string& code) {
    if (auto enrolled = syncing::enroll(store, code); !enrolled)
        return print_error(enrolled.error());
    if (context.json)
        print_line(ordered_json{{"enrolled", true}}.dump());
    else
        print_line("enrolled; the window syncs by itself from now on, or run: unitrail sync");
    return 0;
}

}  // namespace

void add_hub(CLI::App& root, Context& context) {
    CLI::App* hub = root.add_subcommand("hub", "The PostgreSQL server that all stations sync with");
    hub->require_subcommand(1);
    const auto words = std::make_shared<HubWords>();
    const auto with_device = [words](CLI::App& command) {
        command.add_option("--device", words->device, "The device's name, as \"Dock 1\"")
            ->required();
    };
    CLI::App* init = hub->add_subcommand("init", "Make a database the hub, or bring it up to date");
    on_hub(*init, context, words, [&context](const auto& url, const std::string& organization) {
        return run_init(context, url, organization);
    });
    CLI::App* enroll = hub->add_subcommand("enroll", "Let a device in; prints its enrolment code");
    with_device(*enroll);
    on_hub(*enroll, context, words,
           [&context, words](const auto& url, const std::string& organization) {
               return run_enroll_device(context, url, organization, words->device);
           });
    CLI::App* revoke = hub->add_subcommand("revoke", "Keep a device out from now on");
    with_device(*revoke);
    on_hub(*revoke, context, words,
           [&context, words](const auto& url, const std::string& organization) {
               return run_revoke(context, url, organization, words->device);
           });
    CLI::App* status = hub->add_subcommand("status", "Devices, when they were seen, and alarms");
    on_hub(*status, context, words, [&context](const auto& url, const std::string& organization) {
        return run_status(context, url, organization);
    });

    CLI::App* join = root.add_subcommand("enroll", "Join the hub with the code that it printed");
    const auto code = std::make_shared<std::string>();
    join->add_option("CODE", *code, "The enrolment code, beginning with UT1")->required();
    add_common(*join, context);
    on_store(*join, context,
             [&context, code](store::Store& store) { return run_enroll(context, store, *code); });
}

}  // namespace cli
