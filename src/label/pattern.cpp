#include "label/pattern.hpp"

#include <array>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "label/characters.hpp"

namespace label {
namespace {

using Op = Pattern::Op;
using Step = Pattern::Step;
using Steps = Pattern::Steps;
using Bytes = Pattern::Bytes;

constexpr int kDepthMax = 32;   // of groups in groups
constexpr int kRepeatMax = 64;  // in braces
constexpr int kEndless = -1;

// Marks that a match leaves: of the whole, then of the first group.
enum Mark : int { kBegin, kEnd, kGroupBegin, kGroupEnd, kMarks };

std::size_t index_of(char c) { return static_cast<unsigned char>(c); }

void add_range(Bytes& bytes, char from, char to) {
    for (std::size_t c = index_of(from); c <= index_of(to); ++c) bytes.set(c);
}

// What \d, \w and \s stand for; any other escaped character is itself.
Bytes escaped(char c) {
    Bytes bytes;
    if (c == 'd' || c == 'w') add_range(bytes, '0', '9');
    if (c == 'w') {
        add_range(bytes, 'A', 'Z');
        add_range(bytes, 'a', 'z');
        bytes.set(index_of('_'));
    }
    if (c == 's') {
        add_range(bytes, '\t', '\r');
        bytes.set(index_of(' '));
    }
    if (bytes.none()) bytes.set(index_of(c));
    return bytes;
}

void append(Steps& steps, const Steps& more) {
    steps.insert(steps.end(), more.begin(), more.end());
}

int size(const Steps& steps) { return static_cast<int>(steps.size()); }

struct Repeat {
    int least = 1, most = 1;
};

// Reads an expression from the left; the first thing wrong ends it.
class Reader {
 public:
    explicit Reader(std::string_view text) : text_(text) {}

    Steps read_all() {
        Steps steps = read_choice(0);
        if (wrong_.empty() && !done()) wrong("a closing bracket without an opening one");
        return steps;
    }

    [[nodiscard]] const std::string& what_is_wrong() const { return wrong_; }
    [[nodiscard]] bool has_group() const { return groups_ > 0; }

 private:
    [[nodiscard]] bool done() const { return at_ >= text_.size(); }
    [[nodiscard]] char peek() const { return text_[at_]; }
    bool take(char c) {
        if (done() || peek() != c) return false;
        ++at_;
        return true;
    }

    void wrong(const std::string& what) {
        if (wrong_.empty()) wrong_ = what + " at character " + std::to_string(at_ + 1);
        at_ = text_.size();
    }

    Steps read_choice(int depth) {
        Steps steps = read_sequence(depth);
        while (wrong_.empty() && take('|')) {
            const Steps other = read_sequence(depth);
            Steps both = {{Op::Split, 1, size(steps) + 2, {}}};
            append(both, steps);
            both.push_back({Op::Jump, size(other) + 1, 0, {}});
            append(both, other);
            steps = std::move(both);
        }
        return steps;
    }

    Steps read_sequence(int depth) {
        Steps steps;
        while (!done() && peek() != '|' && peek() != ')') {
            const Steps one = read_atom(depth);
            append(steps, repeated(one, read_repeat()));
            if (steps.size() > kPatternStepsMax) wrong("too much repetition");
        }
        return steps;
    }

    Steps read_atom(int depth) {
        const char c = text_[at_++];
        if (c == '^') return {{Op::AtBegin, 0, 0, {}}};
        if (c == '$') return {{Op::AtEnd, 0, 0, {}}};
        if (c == '(') return read_group(depth);
        if (c == '*' || c == '+' || c == '?' || c == '{') {
            wrong("nothing to repeat");
            return {};
        }
        Step one{Op::OneOf, 0, 0, {}};
        if (c == '.')
            one.bytes.set();
        else if (c == '[')
            one.bytes = read_class();
        else if (c == '\\')
            one.bytes = read_escape();
        else
            one.bytes.set(index_of(c));
        return {one};
    }

    Steps read_group(int depth) {
        if (depth >= kDepthMax) {
            wrong("too many groups in groups");
            return {};
        }
        bool keeps = true;
        if (take('?')) {
            if (!take(':')) wrong("only (?: is understood behind a bracket");
            keeps = false;
        }
        keeps = keeps && groups_++ == 0;
        Steps steps;
        if (keeps) steps.push_back({Op::Save, kGroupBegin, 0, {}});
        append(steps, read_choice(depth + 1));
        if (!take(')')) wrong("a bracket that is not closed");
        if (keeps) steps.push_back({Op::Save, kGroupEnd, 0, {}});
        return steps;
    }

    Bytes read_escape() {
        if (done()) {
            wrong("a backslash with nothing behind it");
            return {};
        }
        const char c = text_[at_++];
        if (is_letter(c) && std::string_view("dws").find(c) == std::string_view::npos) {
            --at_;
            wrong("a letter behind a backslash that is not d, w or s");
        } else if (is_digit(c)) {
            --at_;
            wrong("a reference to a group, which is not understood,");
        }
        return escaped(c);
    }

    Bytes read_class() {
        Bytes bytes;
        const bool negated = take('^');
        if (!done() && peek() == ']') wrong("a class [ that is empty");
        while (!take(']')) {
            if (done()) {
                wrong("a class [ that is not closed");
                return bytes;
            }
            const char from = text_[at_++];
            if (from == '\\') {
                bytes |= read_escape();
                continue;
            }
            const bool is_range = at_ + 1 < text_.size() && peek() == '-' && text_[at_ + 1] != ']';
            if (!is_range) {
                bytes.set(index_of(from));
                continue;
            }
            const char to = text_[at_ + 1];
            if (to == '\\' || index_of(to) < index_of(from)) wrong("a range that runs backwards");
            at_ += wrong_.empty() ? 2 : 0;
            add_range(bytes, from, to);
        }
        return negated ? ~bytes : bytes;
    }

    Repeat read_repeat() {
        if (take('*')) return {0, kEndless};
        if (take('+')) return {1, kEndless};
        if (take('?')) return {0, 1};
        if (!take('{')) return {};
        Repeat repeat;
        repeat.least = repeat.most = read_number();
        if (take(',')) repeat.most = !done() && peek() == '}' ? kEndless : read_number();
        if (!take('}')) wrong("braces that are not closed");
        if (repeat.most != kEndless && repeat.most < repeat.least)
            wrong("a repetition that runs backwards");
        return repeat;
    }

    int read_number() {
        int number = 0, digits = 0;
        while (!done() && is_digit(peek()) && digits++ < 3)
            number = number * 10 + text_[at_++] - '0';
        if (digits == 0 || number > kRepeatMax)
            wrong("a repetition that is no number up to " + std::to_string(kRepeatMax));
        return wrong_.empty() ? number : 0;
    }

    Steps repeated(const Steps& one, Repeat repeat) {
        Steps steps;
        const auto copies = static_cast<std::size_t>(std::max(repeat.least, repeat.most));
        if (one.size() * (copies + 1) > 2 * kPatternStepsMax) {
            wrong("too much repetition");
            return steps;
        }
        for (int i = 0; i < repeat.least; ++i) append(steps, one);
        if (repeat.most == kEndless) {
            steps.push_back({Op::Split, 1, size(one) + 2, {}});
            append(steps, one);
            steps.push_back({Op::Jump, -size(one) - 1, 0, {}});
        }
        for (int left = repeat.most - repeat.least; left > 0; --left) {
            // Each further one only behind the one before it.
            steps.push_back({Op::Split, 1, left * (size(one) + 1), {}});
            append(steps, one);
        }
        return steps;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int groups_ = 0;
    std::string wrong_;
};

using Marks = std::array<std::size_t, kMarks>;

// Where a reader of the expression could stand, in the order of preference, each step once.
struct Threads {
    struct Thread {
        std::size_t step = 0;
        Marks marks{};
    };
    std::vector<Thread> all;
    std::vector<std::size_t> seen;  // of every step: at which place of the text, plus one
};

class Matcher {
 public:
    Matcher(const Steps& steps, std::string_view text) : steps_(steps), text_(text) {
        now_.seen.resize(steps.size());
        next_.seen.resize(steps.size());
        no_marks_.fill(std::string_view::npos);
    }

    std::optional<Marks> run() {
        for (std::size_t at = 0;; ++at) {
            if (!found_) enter(now_, {0, no_marks_}, at);
            if (now_.all.empty() && found_) break;
            step(at);
            std::swap(now_, next_);
            next_.all.clear();
            if (at == text_.size()) break;
        }
        return found_;
    }

 private:
    void step(std::size_t at) {
        for (const Threads::Thread& thread : now_.all) {
            const Step& step = steps_[thread.step];
            if (step.op == Op::Match) {
                found_ = thread.marks;
                break;  // those behind it are less preferred
            }
            if (at < text_.size() && step.bytes.test(index_of(text_[at])))
                enter(next_, {thread.step + 1, thread.marks}, at + 1);
        }
    }

    // Follows what takes no character; a step that was reached at this place already is left out.
    void enter(Threads& threads, Threads::Thread begin, std::size_t at) {
        pending_.assign(1, begin);
        while (!pending_.empty()) {
            Threads::Thread thread = pending_.back();
            pending_.pop_back();
            if (threads.seen[thread.step] == at + 1) continue;
            threads.seen[thread.step] = at + 1;
            const Step& step = steps_[thread.step];
            switch (step.op) {
                case Op::OneOf:
                case Op::Match: threads.all.push_back(thread); break;
                case Op::Jump: pending_.push_back(moved(thread, step.to)); break;
                case Op::Split:
                    pending_.push_back(moved(thread, step.other));
                    pending_.push_back(moved(thread, step.to));
                    break;
                case Op::Save:
                    thread.marks[static_cast<std::size_t>(step.to)] = at;
                    pending_.push_back(moved(thread, 1));
                    break;
                case Op::AtBegin:
                    if (at == 0) pending_.push_back(moved(thread, 1));
                    break;
                case Op::AtEnd:
                    if (at == text_.size()) pending_.push_back(moved(thread, 1));
                    break;
            }
        }
    }

    static Threads::Thread moved(Threads::Thread thread, int by) {
        thread.step = static_cast<std::size_t>(static_cast<int>(thread.step) + by);
        return thread;
    }

    const Steps& steps_;
    std::string_view text_;
    Threads now_, next_;
    std::vector<Threads::Thread> pending_;
    Marks no_marks_{};
    std::optional<Marks> found_;
};

}  // namespace

Result<Pattern> Pattern::compile(std::string_view expression) {
    const auto refused = [&](const std::string& what) {
        return fail(ErrorKind::InvalidInput, "the expression \"" + base::printable(expression) +
                                                 "\" has " + what + "; correct it");
    };
    if (expression.empty()) return refused("no characters");
    if (expression.size() > kPatternSizeMax)
        return refused("more than " + std::to_string(kPatternSizeMax) + " characters");
    Reader reader(expression);
    Steps steps = {{Op::Save, kBegin, 0, {}}};
    append(steps, reader.read_all());
    if (!reader.what_is_wrong().empty()) return refused(reader.what_is_wrong());
    if (steps.size() > kPatternStepsMax) return refused("too much repetition");
    steps.push_back({Op::Save, kEnd, 0, {}});
    steps.push_back({Op::Match, 0, 0, {}});
    return Pattern(std::move(steps));
}

std::optional<std::string_view> Pattern::find(std::string_view text) const {
    const auto marks = Matcher(steps_, text).run();
    if (!marks) return std::nullopt;
    const bool grouped = (*marks)[kGroupEnd] != std::string_view::npos;
    const std::size_t begin = (*marks)[grouped ? kGroupBegin : kBegin];
    return text.substr(begin, (*marks)[grouped ? kGroupEnd : kEnd] - begin);
}

}  // namespace label
