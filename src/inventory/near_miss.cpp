#include "inventory/near_miss.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace inventory {
namespace {

constexpr std::size_t kMissesMax = 3;
constexpr std::size_t kTypedLengthMin = 4;   // characters; shorter ones all lie near each other
constexpr std::size_t kTypedLengthMax = 40;  // characters; of a longer one only glyphs and zeros
constexpr std::int64_t kZerosMax = 3;        // too many or too few
constexpr int kRunReach = 100;  // so near to a serial that is in a run, a serial is of that run

// What a letter is taken for, and the other way round; by the key, so in small letters.
constexpr std::pair<char, char> kGlyphs[] = {
    {'o', '0'}, {'i', '1'}, {'l', '1'}, {'s', '5'}, {'b', '8'}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

using Counts = std::array<std::uint32_t, kCharacterClasses>;

std::vector<Counts> counts_of(const SerialShape& shape, std::size_t length) {
    std::vector<Counts> all;
    for (const ShapeRow& row : shape.rows) {
        if (row.length != static_cast<std::int64_t>(length)) continue;
        all.resize(row.positions.size());
        for (std::size_t i = 0; i < all.size(); ++i)
            for (std::size_t c = 0; c < kCharacterClasses; ++c) all[i][c] += row.positions[i][c];
    }
    return all;
}

// So nearly all are of the one kind that the others may be misread ones.
bool is_mostly(std::uint32_t these, std::uint32_t others) {
    return these >= 2 && std::uint64_t{others} * 20 <= these;
}

bool is_mostly_digit(const Counts& counts) { return is_mostly(counts[0], counts[1] + counts[2]); }
bool is_mostly_letter(const Counts& counts) { return is_mostly(counts[1] + counts[2], counts[0]); }

class Search {
 public:
    Search(std::string key, const SerialShape& shape, const FindSerial& find)
        : key_(std::move(key)), shape_(shape), find_(find), counts_(counts_of(shape, key_.size())) {
        counts_.resize(std::min(key_.size(), kShapePositionsMax));
    }

    // Whether the serial before or behind it is registered, counting by the last number in it. By a
    // number further front, or one with letters for digits, two in a row must be.
    [[nodiscard]] bool is_in_run(const std::string& key) const {
        for (const int base : {16, 36})
            if (has_neighbour(key, {tail_of(key, base), key.size()}, base, 2)) return true;
        bool is_last = true;
        for (std::size_t end = key.size(); end > 0; --end) {
            if (!is_digit(key[end - 1])) continue;
            std::size_t begin = end;
            while (begin > 0 && is_digit(key[begin - 1])) --begin;
            if (has_neighbour(key, {begin, end}, 10, is_last ? 1 : 2)) return true;
            is_last = false;
            end = begin + 1;
        }
        return false;
    }

    void look_for_glyphs() {
        std::string digits = key_, letters = key_;
        std::string told_digits, told_letters;
        for (std::size_t i = 0; i < counts_.size(); ++i)
            for (const auto& [letter, digit] : kGlyphs) {
                if (digits[i] == letter && is_mostly_digit(counts_[i])) {
                    told_digits = in_place(letter, digit);
                    digits[i] = digit;
                }
                if (letters[i] == digit && is_mostly_letter(counts_[i])) {
                    told_letters = in_place(digit, letter);
                    letters[i] = letter;
                }
            }
        ask(digits, told_digits);
        ask(letters, told_letters);
        look_for_other_glyph();
    }

    void look_for_zeros() {
        std::vector<std::int64_t> lengths;
        for (const ShapeRow& row : shape_.rows) lengths.push_back(row.length);
        std::ranges::sort(lengths);
        lengths.erase(std::unique(lengths.begin(), lengths.end()), lengths.end());
        const auto own = static_cast<std::int64_t>(key_.size());
        for (const std::int64_t length : lengths) {
            const std::int64_t more = length - own;
            if (more == 0 || std::abs(more) > kZerosMax) continue;
            const auto here = units_of(own), there = units_of(length);
            if (!is_mostly(there, here) && !is_mostly(here, there)) continue;
            const auto zeros = static_cast<std::size_t>(std::abs(more));
            more > 0 ? look_with_zeros(zeros) : look_without_zeros(zeros);
        }
    }

    void look_for_slips() {
        if (key_.size() < kTypedLengthMin || key_.size() > kTypedLengthMax ||
            key_.size() > counts_.size())
            return;
        for (std::size_t i = 0; i + 1 < key_.size(); ++i) {
            if (key_[i] == key_[i + 1]) continue;
            std::string other = key_;
            std::swap(other[i], other[i + 1]);
            ask_slip(other, "two characters swapped");
        }
        for (std::size_t i = 0; i < key_.size(); ++i) {
            const bool digits = is_digit(key_[i]) || counts_[i][0] > 0;
            const bool letters = is_letter(key_[i]) || counts_[i][1] + counts_[i][2] > 0;
            if (!is_digit(key_[i]) && !is_letter(key_[i])) continue;
            if (digits) look_for_changed(i, '0', '9');
            if (letters) look_for_changed(i, 'a', 'z');
        }
    }

    std::vector<NearMiss> take() { return std::move(misses_); }

 private:
    static std::string in_place(char shown, char meant) {
        const auto upper = [](char c) { return is_letter(c) ? static_cast<char>(c - 32) : c; };
        return std::string(1, upper(shown)) + " in place of " + upper(meant);
    }

    struct Piece {
        std::size_t begin = 0, end = 0;
    };

    static int value_of(char c) { return is_digit(c) ? c - '0' : is_letter(c) ? c - 'a' + 10 : 99; }
    static char digit_of(int value) {
        return static_cast<char>(value < 10 ? '0' + value : 'a' + value - 10);
    }

    // Where the number of that base begins that the text ends with.
    static std::size_t tail_of(const std::string& key, int base) {
        std::size_t begin = key.size();
        while (begin > 0 && value_of(key[begin - 1]) < base) --begin;
        return begin;
    }

    // Counts the number in the piece on by one; nothing below zero.
    static std::optional<std::string> counted(const std::string& key, Piece piece, int base,
                                              int by) {
        std::string other = key;
        for (std::size_t i = piece.end; i-- > piece.begin;) {
            const int value = value_of(other[i]) + by;
            if (value >= 0 && value < base) {
                other[i] = digit_of(value);
                return other;
            }
            other[i] = digit_of(by > 0 ? 0 : base - 1);
        }
        if (by < 0 || piece.begin == piece.end) return std::nullopt;
        return other.insert(piece.begin, 1, '1');
    }

    // The same serial where numbers are not filled up with zeros: behind 9 comes 10.
    static std::optional<std::string> without_zero(const std::string& key, Piece piece) {
        if (piece.end - piece.begin < 2 || key[piece.begin] != '0') return std::nullopt;
        return std::string(key).erase(piece.begin, 1);
    }

    [[nodiscard]] bool has_neighbour(const std::string& key, Piece piece, int base,
                                     int in_a_row) const {
        for (const int by : {-1, 1}) {
            std::optional<std::string> next = key;
            int found = 0;
            Piece at = piece;
            while (found < in_a_row) {
                const std::size_t size = next->size();
                next = counted(*next, at, base, by);
                if (!next) break;
                at.end += next->size() - size;
                if (!find_(*next)) {
                    next = without_zero(*next, at);
                    if (!next || !find_(*next)) break;
                    --at.end;
                }
                ++found;
            }
            if (found == in_a_row) return true;
        }
        return false;
    }

    // How far apart two serials are in counting; nothing when more than their last digits differ.
    static std::optional<int> distance(const std::string& a, const std::string& b) {
        std::size_t begin = 0;
        if (a.size() != b.size()) return std::nullopt;
        while (begin < a.size() && a[begin] == b[begin]) ++begin;
        int distance = 0;
        for (std::size_t i = begin; i < a.size(); ++i) {
            if (!is_digit(a[i]) || !is_digit(b[i]) || std::abs(distance) > kRunReach)
                return std::nullopt;
            distance = distance * 10 + (a[i] - b[i]);
        }
        return std::abs(distance);
    }

    [[nodiscard]] std::uint32_t units_of(std::int64_t length) const {
        std::int64_t units = 0;
        for (const ShapeRow& row : shape_.rows)
            if (row.length == length) units += row.units;
        return static_cast<std::uint32_t>(units);
    }

    void ask(const std::string& other, const std::string& why) {
        if (other == key_ || misses_.size() >= kMissesMax) return;
        const auto found = find_(other);
        if (!found || std::ranges::find(misses_, *found, &NearMiss::serial) != misses_.end())
            return;
        misses_.push_back({*found, why});
    }

    void ask_slip(const std::string& other, const std::string& why) {
        if (misses_.size() >= kMissesMax || !find_(other)) return;
        const auto apart = distance(key_, other);
        if (apart && *apart <= kRunReach && is_in_run(other)) return;
        ask(other, why);
    }

    // The registered one may be the misread one: then the others tell by what they mostly have.
    void look_for_other_glyph() {
        for (std::size_t i = 0; i < counts_.size(); ++i)
            for (const auto& [letter, digit] : kGlyphs) {
                std::string other = key_;
                if (key_[i] == digit && counts_[i][1] + counts_[i][2] > 0 &&
                    is_mostly_digit(counts_[i]))
                    other[i] = letter;
                else if (key_[i] == letter && counts_[i][0] > 0 && is_mostly_letter(counts_[i]))
                    other[i] = digit;
                else
                    continue;
                ask(other, in_place(other[i], key_[i]));
            }
    }

    void look_with_zeros(std::size_t zeros) {
        for (std::size_t i = 0; i <= key_.size(); ++i) {
            if (i > 0 && key_[i - 1] == '0') continue;  // once a run of zeros
            ask(std::string(key_).insert(i, zeros, '0'), "zeros missing");
        }
    }

    void look_without_zeros(std::size_t zeros) {
        for (std::size_t i = 0; i + zeros <= key_.size(); ++i) {
            if (i > 0 && key_[i - 1] == '0') continue;
            if (key_.substr(i, zeros).find_first_not_of('0') != std::string::npos) continue;
            ask(std::string(key_).erase(i, zeros), "zeros too many");
        }
    }

    void look_for_changed(std::size_t at, char first, char last) {
        std::string other = key_;
        for (char c = first; c <= last; ++c) {
            if (c == key_[at]) continue;
            other[at] = c;
            ask_slip(other, "one character changed");
        }
    }

    std::string key_;
    const SerialShape& shape_;
    const FindSerial& find_;
    std::vector<Counts> counts_;
    std::vector<NearMiss> misses_;
};

bool is_ascii(const std::string& text) {
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

std::vector<NearMiss> near_misses(const std::string& serial, Entry entry, const SerialShape& shape,
                                  const FindSerial& find) {
    const std::string key = base::comparison_key(serial);
    // A place in the key is one in the shape only where every character is one byte of both.
    if (shape.units() == 0 || !is_ascii(serial) || key.size() != serial.size()) return {};
    Search search(key, shape, find);
    if (search.is_in_run(key)) return {};
    search.look_for_glyphs();
    search.look_for_zeros();
    if (entry == Entry::Typed) search.look_for_slips();
    return search.take();
}

}  // namespace inventory
