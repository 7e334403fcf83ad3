#include "tally.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>

bool is_truth(const std::string& text, const std::string& truth) {
    return !truth.empty() && (text == truth || "0" + text == truth);
}

double thread_ms() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

void Tally::count(const std::vector<std::string>& texts, const std::string& truth, double ms) {
    ++frames;
    milliseconds.push_back(ms);
    bool found = false;
    bool other = false;
    for (const std::string& text : texts) {
        const bool same = is_truth(text, truth);
        found = found || same;
        other = other || !same;
    }
    right += found && !other ? 1 : 0;
    wrong += other ? 1 : 0;
}

void Tally::add(const Tally& other) {
    frames += other.frames;
    right += other.right;
    wrong += other.wrong;
    milliseconds.insert(milliseconds.end(), other.milliseconds.begin(), other.milliseconds.end());
}

double Tally::percent_right() const { return frames == 0 ? 0 : 100.0 * right / frames; }

double Tally::quantile_ms(double part) const {
    if (milliseconds.empty()) return 0;
    std::vector<double> sorted = milliseconds;
    std::sort(sorted.begin(), sorted.end());
    const auto last = static_cast<double>(sorted.size() - 1);
    return sorted[static_cast<std::size_t>(std::lround(last * part))];
}
