// Counts of right, wrong and unread frames, and the time they took.
#pragma once

#include <string>
#include <vector>

// Whether a text is the truth; a short form of UPC-A, as the libraries give it, is.
bool is_truth(const std::string& text, const std::string& truth);

// Time on this core, whatever else the machine does.
double thread_ms();

struct Tally {
    int frames = 0;
    int right = 0;
    int wrong = 0;  // frames in which anything but the truth was reported
    std::vector<double> milliseconds;

    // `truth` may be empty: then any text is wrong. A short form of UPC-A, as the libraries give
    // it, is right.
    void count(const std::vector<std::string>& texts, const std::string& truth, double ms);
    void add(const Tally& other);
    [[nodiscard]] double percent_right() const;
    [[nodiscard]] double quantile_ms(double part) const;  // 0.5 = median; 0 without frames
};
