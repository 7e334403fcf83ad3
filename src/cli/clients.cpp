// client list, client erase: the names of persons, which are no part of the journal.
#include <memory>

#include "base/text.hpp"
#include "cli/context.hpp"
#include "cli/json.hpp"

namespace cli {
namespace {

constexpr std::int64_t kPage = 1000;

void print_client(const Context& context, const store::ClientName& client) {
    const bool erased = client.name.empty();
    print_line(
        context.json
            ? ordered_json{{"ref", client.ref}, {"name", or_null(client.name)}, {"erased", erased}}
                  .dump()
            : client.ref + "\t" + (erased ? "(name erased)" : client.name));
}

int run_list(const Context& context, store::Store& store) {
    for (std::string after;;) {
        const auto page = store.client_names(after, kPage);
        if (!page) return print_error(page.error());
        if (page->empty()) return 0;
        for (const store::ClientName& client : *page) print_client(context, client);
        after = page->back().ref;
    }
}

int run_erase(const Context& context, store::Store& store, const std::string& client) {
    const auto erased = store.erase_client(client);
    if (!erased) return print_error(erased.error());
    if (context.json) {
        for (const std::string& ref : *erased) print_client(context, {ref, ""});
        return 0;
    }
    for (const std::string& ref : *erased) print_line("the name of " + ref + " is erased");
    print_line("the next sync erases it at every station; backups that were made before hold it");
    return 0;
}

}  // namespace

void add_clients(CLI::App& root, Context& context) {
    CLI::App* client = root.add_subcommand("client", "Clients' names: list them, erase one");
    client->require_subcommand(1);
    CLI::App* list = client->add_subcommand("list", "List them all, each with its reference");
    add_common(*list, context);
    on_store(*list, context, [&context](store::Store& store) { return run_list(context, store); });
    CLI::App* erase = client->add_subcommand(
        "erase", "Erase a client's name here and at every station, for ever");
    const auto words = std::make_shared<std::string>();
    erase->add_option("CLIENT", *words, "The reference (client-…), or the whole name")->required();
    add_common(*erase, context);
    on_store(*erase, context,
             [&context, words](store::Store& store) { return run_erase(context, store, *words); });
}

}  // namespace cli
