#include "journal/fold.hpp"

#include <algorithm>
#include <map>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "journal/dag.hpp"
#include "journal/history.hpp"

namespace journal {
namespace {

using inventory::Unit;

// One act that a person must look at by itself.
Conflict alone(const Event& event, std::size_t i, const std::string& refusal) {
    if (event.kind == Kind::Unknown)
        return {i, i, Severity::Info, false,
                "Written by a newer version " + who_and_when(event) + ": update this device"};
    const std::string version = event.app_version.empty() ? "" : " by version " + event.app_version;
    return {i, i, Severity::Rule, false,
            "Rule broken" + version + " " + who_and_when(event) + ": " + refusal};
}

Folded fold_chain(std::span<const Event> history) {
    struct Standing {
        std::size_t index;
        Unit after;
    };
    std::vector<Standing> standing;
    Folded folded;
    folded.stands.assign(history.size(), false);
    folded.refusals.assign(history.size(), "");
    for (std::size_t i = 0; i < history.size(); ++i) {
        const Event& event = history[i];
        if (event.kind == Kind::Undone) {
            if (!standing.empty() &&
                to_text(history[standing.back().index].id) == text_of(event.body, "undoes")) {
                folded.stands[standing.back().index] = false;
                standing.pop_back();
            } else {
                folded.refusals[i] = "it undoes an act that was no longer the latest";
            }
        } else if (auto after = journal::apply(
                       standing.empty() ? std::nullopt : std::optional(standing.back().after),
                       event);
                   after) {
            standing.push_back({i, std::move(*after)});
            folded.stands[i] = true;
        } else {
            folded.refusals[i] = after.error().message;
        }
    }
    for (std::size_t i = 0; i < history.size(); ++i) {
        if (folded.stands[i] && history[i].kind == Kind::Resolved) folded.conflict.reset();
        if (folded.refusals[i].empty()) continue;
        Conflict conflict = alone(history[i], i, folded.refusals[i]);
        if (!folded.conflict || folded.conflict->severity < conflict.severity)
            folded.conflict = std::move(conflict);
    }
    if (!history.empty()) folded.tips = {history.size() - 1};
    if (!standing.empty()) {
        folded.unit = standing.back().after;
        folded.latest = standing.back().index;
    }
    return folded;
}

// Whether somebody settled what the two left open, having seen both.
bool is_settled(const Dag& dag, const Folded& folded, std::size_t a, std::size_t b) {
    for (std::size_t i = 0; i < dag.size(); ++i)
        if (dag.event(i).kind == Kind::Resolved && folded.stands[i] && dag.saw(i, a) &&
            dag.saw(i, b))
            return true;
    return false;
}

// A small difference is also settled by writing all its fields anew, having seen both.
bool is_overwritten(const Dag& dag, std::size_t a, std::size_t b, const Folded& folded) {
    for (std::size_t i = 0; i < dag.size(); ++i) {
        if (!folded.stands[i] || !dag.saw(i, a) || !dag.saw(i, b)) continue;
        const bool all = std::ranges::all_of(dag.writes(a), [&](const Write& write) {
            const auto other = std::ranges::find(dag.writes(b), write.field, &Write::field);
            if (other == dag.writes(b).end() || other->value == write.value) return true;
            return std::ranges::find(dag.writes(i), write.field, &Write::field) !=
                   dag.writes(i).end();
        });
        if (all) return true;
    }
    return false;
}

// Keeps the gravest; of equals the first by the events' names, so that all devices show the same.
void add(const Dag& dag, Folded& folded, Conflict conflict, bool& sellable) {
    sellable = sellable && conflict.sellable;
    const auto earlier = [&](const Conflict& x, const Conflict& y) {
        const EventId &xa = dag.event(x.a).id, &ya = dag.event(y.a).id;
        return xa == ya ? before(dag.event(x.b).id, dag.event(y.b).id) : before(xa, ya);
    };
    if (!folded.conflict || conflict.severity > folded.conflict->severity ||
        (conflict.severity == folded.conflict->severity && earlier(conflict, *folded.conflict)))
        folded.conflict = std::move(conflict);
}

void judge_pair(const Dag& dag, Folded& folded, std::size_t i, std::size_t j, bool& sellable) {
    const auto counts = [&](std::size_t k) {
        return folded.stands[k] || (dag.event(k).kind == Kind::Undone && dag.allowed(k));
    };
    if (!counts(i) || !counts(j) || !dag.concurrent(i, j) || is_settled(dag, folded, i, j)) return;
    const bool ordered = before(dag.event(i).id, dag.event(j).id);
    const std::size_t a = ordered ? i : j, b = ordered ? j : i;
    const auto uses = [&](std::size_t undo, std::size_t act) {
        return dag.undoes(undo) && dag.saw(act, *dag.undoes(undo));
    };
    const Judgement judgement = judge(dag.event(a), dag.event(b), uses(a, b) || uses(b, a));
    const MergeRule& rule = *judgement.rule;
    if (rule.severity == Severity::None) return;
    if (rule.severity == Severity::Low && is_overwritten(dag, a, b, folded)) return;
    add(dag, folded,
        {a, b, rule.severity, rule.sellable, in_words(judgement, dag.event(a), dag.event(b))},
        sellable);
}

Folded fold_graph(std::span<const Event> history) {
    const Dag dag(history);
    const Bits all = dag.everything();
    Folded folded;
    folded.unit = dag.state(all);
    folded.tips = dag.tips();
    for (std::size_t i = 0; i < dag.size(); ++i) {
        folded.stands.push_back(dag.stands(i, all));
        folded.refusals.push_back(dag.refusal(i));
    }
    bool sellable = true;
    for (std::size_t i = 0; i < dag.size(); ++i) {
        if (!dag.allowed(i) && !is_settled(dag, folded, i, i))
            add(dag, folded, alone(dag.event(i), i, dag.refusal(i)), sellable);
        for (std::size_t j = 0; j < i; ++j) judge_pair(dag, folded, j, i, sellable);
    }
    if (folded.conflict) folded.conflict->sellable = sellable;
    std::vector<std::size_t> last;  // standing acts that no standing act has seen
    for (std::size_t i = dag.size(); i-- > 0;)
        if (folded.stands[i] &&
            std::ranges::none_of(last, [&](std::size_t later) { return dag.saw(later, i); }))
            last.push_back(i);
    if (last.size() == 1) folded.latest = last.front();
    return folded;
}

}  // namespace

bool is_chain(std::span<const Event> history) {
    for (std::size_t i = 0; i < history.size(); ++i) {
        const auto& parents = history[i].parents;
        if (i == 0 ? !parents.empty() : parents.size() != 1 || parents[0] != history[i - 1].id)
            return false;
    }
    return true;
}

Folded fold(std::span<const Event> history) {
    return is_chain(history) ? fold_chain(history) : fold_graph(history);
}

std::string conflict_id(const EventId& a, const EventId& b) {
    return base::to_hex(base::sha256({}, to_text(a) + " " + to_text(b))).substr(0, 12);
}

std::string conflict_id(std::span<const Event> history, const Conflict& conflict) {
    return conflict_id(history[conflict.a].id, history[conflict.b].id);
}

std::vector<Choice> choices(std::span<const Event> history, const Conflict& conflict,
                            const ClientOf& client_of) {
    const Dag dag(history);
    const std::string id = conflict_id(history, conflict);
    std::vector<Choice> all;
    const auto offer = [&](const char* name, const std::string& label, const std::string& keep,
                           const Bits& set) {
        const auto unit = dag.state(set);
        if (!unit) return;
        Choice choice{name, label, body_of(*unit), false};
        choice.body["conflict"] = id;
        choice.body["keep"] = keep;
        all.push_back(std::move(choice));
    };
    // A name is personal data: it is shown and never written down.
    const auto told = [&](const Event& event, bool named) {
        return describe(event, named ? client_of(event) : "");
    };
    const Event &a = history[conflict.a], &b = history[conflict.b];
    if (conflict.a == conflict.b) {
        if (conflict.severity == Severity::Rule)
            offer("a", "leave it out: " + told(a, true), "leave it out: " + told(a, false),
                  dag.everything());
        return all;
    }
    const std::string when_a = " " + who_and_when(a), when_b = " " + who_and_when(b);
    offer("a", told(a, true) + when_a, told(a, false) + when_a, dag.without_what_saw(conflict.b));
    offer("b", told(b, true) + when_b, told(b, false) + when_b, dag.without_what_saw(conflict.a));
    if (a.kind != Kind::Registered || b.kind != Kind::Registered) return all;
    const std::string both = "two boxes; the one" + when_b + " gets another serial";
    const std::size_t before = all.size();
    offer("both", both, both, dag.without_what_saw(conflict.b));
    if (all.size() > before) all.back().needs_serial = true;
    return all;
}

std::vector<Lineages> split_by_serial(std::span<const Event> events) {
    const Dag dag(events);
    const Bits all = dag.everything();
    std::map<std::string, Lineages> live;
    std::vector<Lineages> split;
    for (const std::size_t r : dag.registrations()) {
        const inventory::SerialNumber serial = dag.serial_of(r, all);
        const EventId& root = events[r].id;
        if (!dag.stands(r, all)) {
            split.push_back({serial, {root}, {}, false});
            continue;
        }
        Lineages& unit = live[serial.key];
        if (unit.roots.empty() || before(root, unit.roots.front())) unit.serial = serial;
        unit.roots.insert(std::ranges::upper_bound(unit.roots, root, before), root);
    }
    for (auto& [key, unit] : live) split.push_back(std::move(unit));
    for (std::size_t i = 0; i < events.size(); ++i) {
        const auto r = dag.registration_of(i);
        if (!r) continue;
        const auto owner = std::ranges::find_if(split, [&](const Lineages& unit) {
            return std::ranges::find(unit.roots, events[*r].id) != unit.roots.end();
        });
        owner->events.push_back(i);
    }
    return split;
}

}  // namespace journal
