#include "journal/dag.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "inventory/identifiers.hpp"
#include "journal/fold.hpp"
#include "journal/history.hpp"

namespace journal {
namespace {

// The least sellable status is shown while two stand side by side.
int rank(std::string_view status) {
    using inventory::Status;
    switch (inventory::status_named(status).value_or(Status::InStock)) {
        case Status::InStock: return 1;
        case Status::Reserved: return 2;
        case Status::Returned: return 3;
        case Status::Defective: return 4;
        case Status::Sold: return 5;
    }
    return 0;
}

// What an act of the lifecycle says of a field counts more than an edit, that more than what the
// unit was registered with, and that more than what was taken for it before.
int weight(const Event& event) {
    if (event.kind == Kind::Registered) return is_provisional(event) ? 0 : 1;
    return status_after(event.kind) || event.kind == Kind::Resolved ? 3 : 2;
}

const Write* write_of(const std::vector<Write>& writes, Field field) {
    const auto found = std::ranges::find(writes, field, &Write::field);
    return found == writes.end() ? nullptr : &*found;
}

}  // namespace

bool before(const EventId& a, const EventId& b) {
    return std::tie(a.writer, a.seq) < std::tie(b.writer, b.seq);
}

Dag::Dag(std::span<const Event> events)
    : events_(events),
      past_(events.size(), Bits(events.size())),
      depth_(events.size()),
      parents_(events.size()),
      registration_(events.size()),
      targets_(events.size()),
      undos_(events.size()),
      writes_(events.size()),
      refusals_(events.size()),
      joined_(events.size(), Bits(events.size())) {
    link();
    for (std::size_t i = 0; i < events.size(); ++i) examine(i);
}

void Dag::link() {
    const auto by_id = [](const EventId& a, const EventId& b) { return before(a, b); };
    std::map<EventId, std::size_t, decltype(by_id)> index(by_id);
    const auto find = [&](const EventId& id) {
        const auto found = index.find(id);
        return found == index.end() ? std::nullopt : std::optional(found->second);
    };
    for (std::size_t i = 0; i < events_.size(); ++i) {
        const Event& event = events_[i];
        index.emplace(event.id, i);
        for (const EventId& parent : event.parents)
            if (const auto p = find(parent); p && *p < i) {
                parents_[i].push_back(*p);
                past_[i].add(past_[*p]);
                past_[i].add(*p);
                depth_[i] = std::max(depth_[i], depth_[*p] + 1);
            }
        registration_[i] = event.root ? find(*event.root) : std::nullopt;
        if (event.kind == Kind::Registered) {
            registration_[i] = i;
            registrations_.push_back(i);
        }
        if (event.kind == Kind::Undone)
            if (const auto id = parse_event_id(text_of(event.body, "undoes")))
                targets_[i] = find(*id);
        if (targets_[i]) undos_[*targets_[i]].push_back(i);
        writes_[i] = writes_of(event);
    }
}

void Dag::examine(std::size_t i) {
    if (const auto own = registration_[i]) {
        joined_[i].add(*own);
        if (registrations_.size() > 1 && *own != i) {
            const std::string key = serial_of(*own, past_[i]).key;
            for (const std::size_t other : registrations_)
                if (saw(i, other) && stands(other, past_[i]) &&
                    serial_of(other, past_[i]).key == key)
                    joined_[i].add(other);
        }
    }
    refusals_[i] = refusal_of(i);
}

std::string Dag::refusal_of(std::size_t i) const {
    const Event& event = events_[i];
    if (!registration_[i]) return "its registration is not known here";
    if (event.kind == Kind::Undone) {
        const auto target = targets_[i];
        bool latest = target && saw(i, *target) && stands(*target, past_[i]);
        for (std::size_t later = 0; latest && later < i; ++later)
            if (saw(i, later) && saw(later, *target) && stands(later, past_[i])) latest = false;
        return latest ? "" : "it undoes an act that was no longer the latest";
    }
    const auto own_past =
        event.kind == Kind::Registered ? std::nullopt : state(past_[i], &joined_[i]);
    const auto after = journal::apply(own_past, event);
    return after ? "" : after.error().message;
}

std::vector<std::size_t> Dag::tips() const {
    Bits seen(size());
    for (const auto& parents : parents_)
        for (const std::size_t parent : parents) seen.add(parent);
    std::vector<std::size_t> tips;
    for (std::size_t i = 0; i < size(); ++i)
        if (!seen.has(i)) tips.push_back(i);
    return tips;
}

Bits Dag::everything() const {
    Bits all(size());
    for (std::size_t i = 0; i < size(); ++i) all.add(i);
    return all;
}

Bits Dag::without_what_saw(std::size_t i) const {
    Bits set(size());
    for (std::size_t other = 0; other < size(); ++other)
        if (other != i && !saw(other, i)) set.add(other);
    return set;
}

// An act done beside the undo, on the state that the undo takes back: that state must stay.
bool Dag::is_used_beside(std::size_t undo, const Bits& set) const {
    for (std::size_t i = 0; i < size(); ++i)
        if (set.has(i) && concurrent(i, undo) && saw(i, *targets_[undo]) && allowed(i) &&
            events_[i].kind != Kind::Undone && !is_taken_back(i, set))
            return true;
    return false;
}

bool Dag::is_taken_back(std::size_t i, const Bits& set) const {
    return std::ranges::any_of(undos_[i], [&](std::size_t undo) {
        return set.has(undo) && allowed(undo) && !is_used_beside(undo, set);
    });
}

bool Dag::stands(std::size_t i, const Bits& set) const {
    return allowed(i) && events_[i].kind != Kind::Undone && !is_taken_back(i, set);
}

// Whether the act is on that registration, too: it is when both were one unit for its author, who
// acted on the first of them. Another one's correction of its serial parts it from them.
bool Dag::concerns(std::size_t i, std::size_t registration) const {
    if (registration_[i] == registration) return true;
    if (!registration_[i] || !joined_[i].has(registration)) return false;
    return std::ranges::none_of(registrations_, [&](std::size_t other) {
        return joined_[i].has(other) && before(events_[other].id, events_[*registration_[i]].id);
    });
}

// A correction does; a settlement only when it chose between corrections, else the serial that it
// repeats says nothing against one that its author had not seen.
bool Dag::gives_serial(std::size_t i, std::size_t registration, const Bits& set) const {
    const Kind kind = events_[i].kind;
    if ((kind != Kind::Renamed && kind != Kind::Resolved) || !set.has(i)) return false;
    if (!concerns(i, registration) || !stands(i, set)) return false;
    if (write_of(writes_[i], Field::Key) == nullptr) return false;
    if (kind == Kind::Renamed) return true;
    for (std::size_t seen = 0; seen < i; ++seen)
        if (events_[seen].kind == Kind::Renamed && saw(i, seen) && concerns(seen, registration) &&
            stands(seen, set))
            return true;
    return false;
}

inventory::SerialNumber Dag::serial_of(std::size_t registration, const Bits& set) const {
    std::vector<std::size_t> latest;
    for (std::size_t i = size(); i-- > 0;) {
        if (!gives_serial(i, registration, set)) continue;
        if (std::ranges::none_of(latest, [&](std::size_t later) { return saw(later, i); }))
            latest.push_back(i);
    }
    if (latest.empty()) return {events_[registration].serial, events_[registration].key};
    const auto best = std::ranges::max_element(
        latest, [&](std::size_t a, std::size_t b) { return wins(b, a, Field::Key); });
    return {write_of(writes_[*best], Field::Serial)->value.value_or(""),
            write_of(writes_[*best], Field::Key)->value.value_or("")};
}

std::vector<std::size_t> Dag::latest_writers(Field field, const Bits& set,
                                             const Bits* lineages) const {
    std::vector<std::size_t> latest;
    for (std::size_t i = size(); i-- > 0;) {
        if (!set.has(i) || !registration_[i]) continue;
        if (lineages != nullptr && !lineages->has(*registration_[i])) continue;
        if (write_of(writes_[i], field) == nullptr) continue;
        if (std::ranges::any_of(latest, [&](std::size_t later) { return saw(later, i); })) continue;
        if (stands(i, set)) latest.push_back(i);
    }
    return latest;
}

bool Dag::wins(std::size_t a, std::size_t b, Field field) const {
    const auto merit = [&](std::size_t i) {
        const Write* status = write_of(writes_[i], Field::Status);
        const int of_status = status == nullptr ? 0 : rank(status->value.value_or(""));
        const int weight_of = field == Field::Status ? 0 : weight(events_[i]);
        return std::tuple(weight_of, of_status, depth_[i]);
    };
    if (merit(a) != merit(b)) return merit(a) > merit(b);
    return before(events_[a].id, events_[b].id);
}

std::optional<inventory::Unit> Dag::state(const Bits& set, const Bits* lineages) const {
    std::optional<std::size_t> first;
    for (const std::size_t r : registrations_)
        if (set.has(r) && (lineages == nullptr || lineages->has(r)) && stands(r, set) &&
            (!first || before(events_[r].id, events_[*first].id)))
            first = r;
    if (!first) return std::nullopt;
    inventory::Unit unit;
    const inventory::SerialNumber serial = serial_of(*first, set);
    unit.serial = serial.printed;
    unit.key = serial.key;
    for (std::size_t f = 0; f < kFieldCount; ++f) {
        const auto field = static_cast<Field>(f);
        if (field == Field::Serial || field == Field::Key) continue;
        const auto latest = latest_writers(field, set, lineages);
        if (latest.empty()) continue;
        const auto best = std::ranges::max_element(
            latest, [&](std::size_t a, std::size_t b) { return wins(b, a, field); });
        Write write = *write_of(writes_[*best], field);
        if (field == Field::Hold) {  // every hold stands, with its reason
            std::vector<std::string> reasons;
            for (const std::size_t i : latest)
                if (const auto& reason = write_of(writes_[i], field)->value)
                    reasons.push_back(*reason);
            std::ranges::sort(reasons);
            reasons.erase(std::unique(reasons.begin(), reasons.end()), reasons.end());
            write.value.reset();
            for (const std::string& reason : reasons)
                write.value = write.value ? *write.value + "; " + reason : reason;
        }
        if (field == Field::Identifiers) {  // what one station read, another need not have
            std::vector<inventory::Identifier> all;
            for (const std::size_t i : latest)
                all = inventory::joined(
                    std::move(all),
                    inventory::parse_identifiers(write_of(writes_[i], field)->value.value_or("")));
            write.value = inventory::to_text(all);
        }
        set_field(unit, write);
    }
    return unit;
}

}  // namespace journal
