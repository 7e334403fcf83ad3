#include "ui/view_state.hpp"

#include <algorithm>

#include "ui/models/profiles.hpp"
#include "ui/models/reference.hpp"

namespace ui {
namespace {

// A text that the application changed replaces what stands in the field, but not while it is typed.
void adopt(std::string& text, std::string& seen, const std::string& now_is) {
    if (seen == now_is) return;
    seen = now_is;
    text = now_is;
}

// Closes a form whose entry was added and chooses the new entry for whoever asked.
// A profile that was saved or removed closes its form; a scanned code is tried in it.
std::optional<app::Command> follow_profile(ViewState& view, const app::ProfileForm& form) {
    const bool put = view.seen_profile_put != form.put;
    const bool scanned = view.seen_profile_scans != form.scans;
    view.seen_profile_put = form.put;
    view.seen_profile_scans = form.scans;
    if (put) view.profile.reset();
    if (!scanned || form.scanned.empty() || !view.profile) return std::nullopt;
    view.profile->sample = form.scanned;
    return try_profile(*view.profile);
}

std::optional<app::Command> finish_sheet(ViewState& view, const app::State& state) {
    if (!view.sheet || !view.sheet->adding) return std::nullopt;
    if (state.reference.added == view.sheet->added_before) {
        // Answered with an error: the form may be sent again.
        if (state.revision > view.sheet->sent_revision) view.sheet->sent = false;
        return std::nullopt;
    }
    const Sheet sheet = *view.sheet;
    view.sheet.reset();
    if (sheet.owner == SheetOwner::AddForm) {
        choose_in_draft(view.draft, sheet.kind, state.reference.code);
        return std::nullopt;
    }
    if (sheet.owner == SheetOwner::Profile) {
        view.profile = make_profile_draft(*state.catalog, state.reference.code);
        return try_profile(*view.profile);
    }
    return choose_in_context(state.receive, sheet.kind, state.reference.code);
}

}  // namespace

std::optional<app::Command> follow(ViewState& view, const app::State& state, double now,
                                   bool typing) {
    if (!view.followed || view.draft_number != state.add.number) {
        view.draft = state.add.draft;
        view.draft_number = state.add.number;
    }
    if (!typing) {
        adopt(view.client, view.seen_client, state.dispatch.client);
        adopt(view.order, view.seen_order, state.dispatch.order);
        adopt(view.search, view.seen_search, state.list.search);
    }
    if (state.may_learn.empty()) view.only_once = false;  // every question begins anew
    if (view.seen_screen != state.screen) {
        view.seen_screen = state.screen;
        view.typed.clear();
        view.reason.clear();
        view.sheet.reset();
        view.profile.reset();
    }
    if (view.flash_number != state.feedback.number) {
        view.flash_number = state.feedback.number;
        // What was said before the window opened is not news.
        if (view.followed && state.feedback.tone != app::Tone::None) view.flash_began = now;
        if (state.feedback.tone == app::Tone::Done) view.reason.clear();  // it went with that act
    }
    view.followed = true;
    if (auto tries = follow_profile(view, state.profile)) return tries;
    return finish_sheet(view, state);
}

double flash_strength(const ViewState& view, double now) {
    const double gone = (now - view.flash_began) / kFlashSeconds;
    if (gone < 0 || gone >= 1) return 0;
    return 1 - gone * gone;
}

}  // namespace ui
