// The application: one command in, one State out. It owns the store and everything the window
// shows; it knows no thread, no window and no camera. Belongs to one thread at a time.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "app/command.hpp"
#include "app/operations.hpp"
#include "app/state.hpp"
#include "app/stations.hpp"
#include "app/unit_list.hpp"
#include "base/clock.hpp"
#include "label/wedge.hpp"
#include "store/store.hpp"

namespace app {

class Application {
 public:
    // `actor`: who works here and where; its place is where the station's contexts begin.
    Application(store::Store store, Actor actor, std::string device, base::Clock clock);

    // Does what is asked and says what is to be shown now. Never fails: a refusal or a failure is
    // part of the state, in words.
    std::shared_ptr<const State> handle(const Command& command);

    // Lets `ask` read the list, which answers with ListRead; until then it is read at once.
    void read_lists_by(std::function<void(ListRequest)> ask);

    // Lets an enrolment code that is scanned be used; without it, it is a code like any other.
    void join_hubs_by(std::function<Result<void>(store::Store&, const std::string& code)> join);

    // Calls `tell` after every write, on this thread; it must not wait.
    void tell_of_writes_by(std::function<void()> tell) { tell_of_writes_ = std::move(tell); }

    // What a hardware scanner types is read by what was learned from the test sheet: `typed` is how
    // it once arrived, "" = never; `keep` stores it for the next start.
    void read_typing_by(const std::string& typed,
                        std::function<Result<void>(const std::string& typed)> keep);

    // The state as it is.
    [[nodiscard]] std::shared_ptr<const State> state() const;

    // Whether something that was not a command changed what is to be shown: another process wrote
    // to the database, or midnight passed. Cheap; ask it once a second and send Refresh.
    bool is_stale();

 private:
    void on(const ShowScreen& command);
    void on(const Scanned& command);
    void on(const Typed& command);
    void on(const TypedByScanner& command);
    void on(const Choose& command);
    void on(const PutProfile& command);
    void on(const TryProfile& command);
    void on(const RemoveProfile& command);
    void on(const JoinHub& command);
    void on(const SetReceiveContext& command);
    void on(const SetDispatchContext& command);
    void on(const OpenUnit& command);
    void on(const CloseRecord& command);
    void on(const Act& command);
    void on(const ReturnAsDefective& command);
    void on(const CreateUnit& command);
    void on(const Undo& command);
    void on(const OpenConflict& command);
    void on(const Settle& command);
    void on(const SetList& command);
    void on(const LoadPreviousRows& command);
    void on(const LoadNextRows& command);
    void on(const ListRead& command);
    void on(const AddVariant& command);
    void on(const AddLot& command);
    void on(const AddWarehouse& command);
    void on(const AddLocation& command);
    void on(const CameraChanged& command);
    void on(const SyncChanged& command);
    void on(const Refresh& command);

    // Scans.
    bool ask_to_join(const std::string& text);
    void learn_typing(const std::string& typed);
    void show_sheet();
    [[nodiscard]] bool is_answered(const scanner::Reading& reading,
                                   const std::vector<std::size_t>& label) const;
    void wait_for(const std::vector<scanner::Symbol>& symbols, const Sight& sight);
    void answer(const std::vector<scanner::Symbol>& seen, Sight sight);
    void answer_again();
    Scan look_up(label::Label label, const Sight& sight = {});
    void look_up_references(Scan& scan) const;
    void look_up_unit(Scan& scan);
    void look_up_serial(Scan& scan);
    void look_up_identifiers(Scan& scan);
    void look_up_clash(Scan& scan);
    void ask_gate(Scan& scan);
    void name_symbols(const std::vector<scanner::Symbol>& symbols, const label::Label& label);
    void keep_evidence(const std::vector<scanner::Symbol>& symbols);
    void offer(const Scan& scan);

    // Labels (application_labels.cpp).
    std::vector<scanner::Symbol> with_other_half(const std::vector<scanner::Symbol>& symbols);
    [[nodiscard]] bool shows_two_labels(const std::vector<scanner::Symbol>& symbols) const;
    [[nodiscard]] label::Label read(const std::vector<scanner::Symbol>& symbols) const;
    [[nodiscard]] const inventory::Variant* variant_for(const label::Label& label) const;
    void learn(const std::string& serial);
    void take(const Scan& scan, const std::optional<journal::Evidence>& evidence);
    void do_register(const Scan& scan, const Decision& decision,
                     const std::optional<journal::Evidence>& evidence);
    void set_place(const Scan& scan);
    void fill_form(const Scan& scan);
    void try_code(const label::Label& label);
    void finish_profile(const Result<void>& done, const std::string& variant,
                        const std::string& words);

    void add_what_was_read(const Act& command, journal::Body& fields) const;

    // Whether a question stands before the act; it is shown then, and nothing is written.
    bool asks_first(const Act& command);

    // What is shown.
    void say(Tone tone, std::string headline, std::string detail = "");
    void say(const Error& error, const std::string& headline);
    void note(const std::string& serial, const std::string& key, Tone tone, std::string words);
    void show(const store::UnitRecord& record);
    void show_again();
    void say_what_changed(const Record& before);
    void ask_list(ListPart part, List list);
    void show_list(ListRequest request, Result<List> list);
    void open_conflict(const std::string& id);
    void load_conflicts();
    void load_references();
    void wrote();
    [[nodiscard]] std::string latest_event(const std::string& key);
    void uncount(const store::Undone& undone);
    void finish_reference(const Result<void>& result, const std::string& code);
    void begin_form();
    [[nodiscard]] Actor here() const;

    // A value, or what it would be when the store failed; the failure is shown.
    template <typename T>
    T value_or_trouble(Result<T> result, T otherwise);

    store::Store store_;
    Actor actor_;
    base::Clock clock_;
    State state_;
    std::shared_ptr<const State> published_;
    std::optional<journal::Evidence> evidence_;  // of the reading that asked for a choice
    label::Label label_;                         // of that reading
    std::vector<std::string> raw_;               // its symbols' bytes, base64, as label_.parts
    std::string learned_;  // what was remembered with the choice, in words; said with the act
    // What was answered last: it is one scan for as long as no more of it comes into view.
    struct Answered {
        std::vector<scanner::Symbol> symbols;
        bool two_labels = false;  // one of them alone is another scan
    } answered_;
    // The last scan, while it may be the first half of a label.
    std::vector<scanner::Symbol> half_;
    base::Moment half_at_;
    // Of the unit that was scanned last: what its label shows besides, for the act that follows.
    struct Shown {
        std::string key;
        std::vector<inventory::Identifier> identifiers;
        std::optional<std::string> swap;
    } shown_;
    // Of every unit handled in this session, by key.
    std::map<std::string, std::vector<inventory::Identifier>, std::less<>> handled_;
    // Ids of the events that the counts of ReceiveContext and DispatchContext stand for.
    std::set<std::string> received_, dispatched_;
    std::int64_t data_version_ = 0;
    std::function<Result<void>(store::Store&, const std::string& code)> join_hub_;
    std::function<void()> tell_of_writes_;
    std::optional<label::Wedge> wedge_;
    std::function<Result<void>(const std::string& typed)> keep_typing_;
    std::string enrolment_;  // the code that State::asks_to_join is about
    std::function<void(ListRequest)> list_reader_;
    std::optional<ListRequest> awaited_;  // what of the list is being read
    std::uint64_t lists_asked_ = 0;
};

// The timeline's entries of a history, newest first.
std::vector<TimelineEntry> timeline(const std::vector<store::EventRecord>& history);

// The kind of an event in words: "marked defective".
std::string journal_words(const std::string& kind);

}  // namespace app
