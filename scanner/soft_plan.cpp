#include "scanner/soft_plan.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "scanner/soft_text.hpp"

namespace scanner {
namespace {

constexpr std::array<std::string_view, 103> kCode128 = {
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212",
    "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221",
    "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221",
    "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321",
    "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131",
    "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131",
    "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111",
    "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
    "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242",
    "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
    "113141", "114131", "311141", "411131",
};
constexpr std::array<std::string_view, 3> kCode128Starts = {"211412", "211214", "211232"};

// Wide elements are 'w'; the last space, between two characters, is narrow.
constexpr std::array<std::string_view, 43> kCode39 = {
    "nnnwwnwnn", "wnnwnnnnw", "nnwwnnnnw", "wnwwnnnnn", "nnnwwnnnw", "wnnwwnnnn", "nnwwwnnnn",
    "nnnwnnwnw", "wnnwnnwnn", "nnwwnnwnn", "wnnnnwnnw", "nnwnnwnnw", "wnwnnwnnn", "nnnnwwnnw",
    "wnnnwwnnn", "nnwnwwnnn", "nnnnnwwnw", "wnnnnwwnn", "nnwnnwwnn", "nnnnwwwnn", "wnnnnnnww",
    "nnwnnnnww", "wnwnnnnwn", "nnnnwnnww", "wnnnwnnwn", "nnwnwnnwn", "nnnnnnwww", "wnnnnnwwn",
    "nnwnnnwwn", "nnnnwnwwn", "wwnnnnnnw", "nwwnnnnnw", "wwwnnnnnn", "nwnnwnnnw", "wwnnwnnnn",
    "nwwnwnnnn", "nwnnnnwnw", "wwnnnnwnn", "nwwnnnwnn", "nwnwnwnnn", "nwnwnnnwn", "nwnnnwnwn",
    "nnnwnwnwn"};
constexpr std::string_view kCode39Guard = "nwnnwnwnn";

constexpr std::array<std::string_view, 10> kItf = {"nnwwn", "wnnnw", "nwnnw", "wwnnn", "nnwnw",
                                                   "wnwnn", "nwwnn", "nnnww", "wnnwn", "nwnwn"};
// Odd parity; even parity is the same read backwards, the right half the same in negative.
constexpr std::array<std::string_view, 10> kEan = {"3211", "2221", "2122", "1411", "1132",
                                                   "1231", "1114", "1312", "1213", "3112"};

constexpr float kQuiet = 4;  // modules before the first and after the last bar that are compared

std::vector<float> widths_of(std::string_view digits) {
    std::vector<float> widths;
    for (const char digit : digits) widths.push_back(static_cast<float>(digit - '0'));
    return widths;
}

std::vector<float> widths_of(std::string_view letters, float wide) {
    std::vector<float> widths;
    for (const char letter : letters) widths.push_back(letter == 'w' ? wide : 1);
    return widths;
}

template <typename Rows>
Alphabet alphabet_of(const Rows& rows, float modules) {
    Alphabet alphabet;
    alphabet.modules = modules;
    for (const std::string_view row : rows) alphabet.glyphs.push_back(widths_of(row));
    return alphabet;
}

SoftPlan code128_plan() {
    SoftPlan plan;
    plan.symbology = Symbology::Code128;
    Alphabet start = alphabet_of(kCode128Starts, 11);
    start.lead = kQuiet;
    Alphabet stop = alphabet_of(std::array<std::string_view, 1>{"2331112"}, 13);
    stop.trail = kQuiet;
    stop.next_is_bar = false;
    plan.alphabets = {start, alphabet_of(kCode128, 11), stop};
    plan.head = {0};
    plan.body = 1;
    plan.body_min = 3;  // two characters and the check: fewer are too easily found in print
    plan.body_max = 48;
    plan.tail = {2};
    plan.interpret = interpret_code128;
    return plan;
}

SoftPlan code39_plan(float wide) {
    SoftPlan plan;
    plan.symbology = Symbology::Code39;
    plan.wide = wide;
    Alphabet body;
    body.modules = 7 + 3 * wide;
    for (const std::string_view row : kCode39) body.glyphs.push_back(widths_of(row, wide));
    Alphabet start = body;
    start.glyphs = {widths_of(kCode39Guard, wide)};
    start.lead = kQuiet;
    Alphabet stop = start;
    stop.modules -= 1;  // no gap after it
    stop.lead = 1;
    stop.trail = kQuiet;
    stop.next_is_bar = false;
    plan.alphabets = {start, body, stop};
    plan.head = {0};
    plan.body = 1;
    plan.body_min = 2;
    plan.body_max = 32;
    plan.tail = {2};
    plan.interpret = interpret_code39;
    return plan;
}

SoftPlan itf_plan(float wide) {
    SoftPlan plan;
    plan.symbology = Symbology::ITF;
    plan.wide = wide;
    Alphabet start;
    start.modules = 4;
    start.lead = kQuiet;
    start.glyphs = {{1, 1, 1, 1}};
    Alphabet pairs;
    pairs.modules = 6 + 4 * wide;
    for (const std::string_view bars : kItf)
        for (const std::string_view spaces : kItf) {
            std::vector<float> widths;
            for (std::size_t i = 0; i < bars.size(); ++i) {
                widths.push_back(bars[i] == 'w' ? wide : 1);
                widths.push_back(spaces[i] == 'w' ? wide : 1);
            }
            pairs.glyphs.push_back(widths);
        }
    Alphabet stop;
    stop.modules = wide + 2;
    stop.trail = kQuiet;
    stop.next_is_bar = false;
    stop.glyphs = {{wide, 1, 1}};
    plan.alphabets = {start, pairs, stop};
    plan.head = {0};
    plan.body = 1;
    plan.body_min = 3;
    plan.body_max = 16;
    plan.tail = {2};
    plan.interpret = interpret_itf;
    return plan;
}

// The alphabets of EAN: guard, left half with both parities, centre, right half, end guard.
std::vector<Alphabet> ean_alphabets(bool both_parities) {
    Alphabet guard;
    guard.modules = 3;
    guard.glyphs = {{1, 1, 1}};
    guard.lead = kQuiet;
    guard.next_is_bar = false;
    Alphabet left = alphabet_of(kEan, 7);
    if (both_parities)
        for (const std::string_view row : kEan)
            left.glyphs.push_back(widths_of(std::string(row.rbegin(), row.rend())));
    left.first_is_bar = false;
    left.next_is_bar = false;
    Alphabet centre;
    centre.modules = 5;
    centre.first_is_bar = false;
    centre.glyphs = {{1, 1, 1, 1, 1}};
    const Alphabet right = alphabet_of(kEan, 7);
    Alphabet end = guard;
    end.lead = 1;
    end.trail = kQuiet;
    return {guard, left, centre, right, end};
}

SoftPlan ean_plan(Symbology symbology, int digits_a_side) {
    SoftPlan plan;
    plan.symbology = symbology;
    plan.alphabets = ean_alphabets(symbology == Symbology::EAN13);
    plan.head.push_back(0);
    plan.head.insert(plan.head.end(), static_cast<std::size_t>(digits_a_side), 1);
    plan.head.push_back(2);
    plan.head.insert(plan.head.end(), static_cast<std::size_t>(digits_a_side), 3);
    plan.head.push_back(4);
    plan.interpret = symbology == Symbology::EAN13 ? interpret_ean13 : interpret_ean8;
    return plan;
}

}  // namespace

std::vector<int> SoftPlan::steps(int body_count) const {
    std::vector<int> all = head;
    if (body >= 0) all.insert(all.end(), static_cast<std::size_t>(body_count), body);
    all.insert(all.end(), tail.begin(), tail.end());
    return all;
}

float SoftPlan::modules(int body_count) const {
    float sum = 0;
    for (const int step : steps(body_count))
        sum += alphabets[static_cast<std::size_t>(step)].modules;
    return sum;
}

const std::vector<SoftPlan>& soft_plans(Symbology symbology) {
    static const std::vector<SoftPlan> code128{code128_plan()};
    static const std::vector<SoftPlan> code39{code39_plan(2), code39_plan(2.5F), code39_plan(3)};
    static const std::vector<SoftPlan> itf{itf_plan(2), itf_plan(2.5F), itf_plan(3)};
    static const std::vector<SoftPlan> ean13{ean_plan(Symbology::EAN13, 6)};
    static const std::vector<SoftPlan> ean8{ean_plan(Symbology::EAN8, 4)};
    static const std::vector<SoftPlan> none;
    if (symbology == Symbology::Code128) return code128;
    if (symbology == Symbology::Code39) return code39;
    if (symbology == Symbology::ITF) return itf;
    if (symbology == Symbology::EAN13) return ean13;
    if (symbology == Symbology::EAN8) return ean8;
    return none;
}

}  // namespace scanner
