// How fast payloads are read and labels resolved on one core, beside the least that any reader must
// do (look at every byte once and copy the text), and what hostile bytes cost. In the processor's
// time, so that a busy machine says the same.
//     bench_labels [SECONDS]      per line; default 0.5
// Goals: 1,000,000 GS1 strings a second, 50 µs for a label of twelve symbols, 1 ms for each KB of
// any bytes.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "label/label.hpp"
#include "label/payload.hpp"

namespace {

constexpr int kYear = 2026;
constexpr const char* kGs1 =
    "010506091751001110628S93R\x1d"
    "17241000218898847482518646";

volatile std::size_t sink;  // keeps the work from being left out

double seconds_used() {
    timespec used{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

// Seconds for one run, the best of five.
double measure(double seconds, const std::function<void()>& run) {
    double best = 1e9;
    for (int round = 0; round < 5; ++round) {
        const double begin = seconds_used();
        long runs = 0;
        double taken = 0;
        do {
            for (int i = 0; i < 16; ++i) run();
            runs += 16;
            taken = seconds_used() - begin;
        } while (taken < seconds / 5);
        best = std::min(best, taken / static_cast<double>(runs));
    }
    return best;
}

void report_payload(double seconds, const char* name, const label::Payload& payload) {
    const double parse =
        measure(seconds, [&] { sink = label::parse(payload, kYear).fields.size(); });
    const double copy = measure(seconds, [&] {
        const std::string text = payload.text;
        sink = base::is_utf8(text) ? text.size() : 0;
    });
    std::printf("%-22s %10.0f a second %8.0f ns   bare copy and check %6.0f ns\n", name, 1 / parse,
                parse * 1e9, copy * 1e9);
}

void report_hostile(double seconds, const char* name, const std::string& id,
                    const std::string& text) {
    const label::Payload payload{id, text};
    const double parse =
        measure(seconds, [&] { sink = label::parse(payload, kYear).fields.size(); });
    std::printf("%-22s %8zu bytes %8.4f ms for each KB\n", name, text.size(),
                parse * 1e3 / (static_cast<double>(text.size()) / 1024));
}

std::string repeated(const std::string& piece, std::size_t size) {
    std::string text;
    while (text.size() < size) text += piece;
    text.resize(size);
    return text;
}

void report_families(double seconds) {
    report_payload(seconds, "GS1", {"]d2", kGs1});
    report_payload(seconds, "GS1, bracketed", {"", "(01)05060917510011(10)628S93R(21)88988474"});
    report_payload(seconds, "GS1 with | for GS",
                   {"",
                    "0105060917510011"
                    "10628S93R|2112345"});
    report_payload(seconds, "Digital Link",
                   {"]Q1", "https://id.gs1.org/01/09520123456788/10/ABC1/21/12345?17=180426"});
    report_payload(seconds, "ISO/IEC 15434",
                   {"]d1",
                    "[)>\x1e"
                    "06\x1d"
                    "9N110375286414\x1d"
                    "1T12345ABCD\x1d"
                    "D150600\x1d"
                    "S12345ABCDEF98765\x1e\x04"});
    report_payload(seconds, "HIBC", {"]C0", "+A123BJC5D6E71G"});
    report_payload(seconds, "EAN-13", {"]E0", "9520123456788"});
    report_payload(seconds, "key and value", {"]Q1", "SN=ABC123;M=001EC947D49B;PN=X-1"});
    report_payload(seconds, "plain code", {"]C0", "SN-20260301-A001"});
}

void report_label(double seconds) {
    const std::vector<label::Payload> box = {
        {"]d2", kGs1},
        {"]E0", "9520123456788"},
        {"]C0", "SN-20260301-A001"},
        {"]C0", "001EC947D49B"},
        {"]C0", "490154203237518"},
        {"]C0", "1PWS-C2960X-24"},
        {"]C0", "Q1"},
        {"]C1", "0109520123456788"},
        {"]Q1", "SN=ABC123;M=001EC947D49B"},
        {"]Q1", "https://example.com/p/4711"},
        {"]A0", "+A123BJC5D6E71G"},
        {"]I1", "09520123456788"},
    };
    const double resolve =
        measure(seconds, [&] { sink = label::resolve(box, kYear).parts.size(); });
    const double copy = measure(seconds, [&] {
        std::size_t sum = 0;
        for (const label::Payload& payload : box) {
            const std::string text = payload.text;
            sum += base::is_utf8(text) ? text.size() : 0;
        }
        sink = sum;
    });
    std::printf("%-22s %8.1f µs   bare copy and check %6.2f µs\n", "label of 12 symbols",
                resolve * 1e6, copy * 1e6);
}

void report_all_hostile(double seconds) {
    constexpr std::size_t kSize = 8192;
    const struct {
        const char* name;
        const char* id;
        std::string text;
    } hostile[] = {
        {"digits, flagged", "]d2", repeated("0123456789", kSize)},
        {"fields to guess", "]d2",
         repeated("20202020202020202020202010" + std::string(150, 'A') + "\x1d", kSize)},
        {"nearly dates", "]d2", repeated("10" + repeated("11", 180) + "!\x1d", kSize)},
        {"separators", "]d2", std::string(kSize, '\x1d')},
        {"bars", "]d2", "0109520123456788" + std::string(kSize, '|')},
        {"serials with |", "", "0109520123456788" + repeated("21A|", kSize)},
        {"brackets", "", "(01)" + repeated("(21)(", kSize)},
        {"blanks", "]C0", "a" + std::string(kSize, ' ') + "b"},
        {"keys in blanks", "]C0", repeated(" serial number", kSize)},
        {"colons", "]C0", repeated("SN: ", kSize)},
        {"braces", "]C0", repeated("{\"a\":", kSize)},
        {"lines", "]C0", repeated("A\n", kSize)},
        {"slashes", "]Q1", "https://a.b/" + repeated("01/", kSize)},
        {"percents", "]Q1", "https://a.b/01/09520123456788/21/" + repeated("%25", kSize)},
        {"formats", "]d1",
         "[)>" + repeated("\x1e"
                          "06\x1d"
                          "S",
                          kSize)},
        {"pluses", "]C0", repeated("1P+", kSize)},
        {"broken UTF-8", "]C0", std::string(kSize, '\xE2')},
        {"zeros", "]C0", std::string(kSize, '\0')},
        {"a megabyte of digits", "]d2", repeated("0123456789", 1 << 20)},
    };
    for (const auto& row : hostile) report_hostile(seconds, row.name, row.id, row.text);
}

}  // namespace

int main(int argc, char** argv) {
    const double seconds = argc > 1 ? std::atof(argv[1]) : 0.5;
    report_families(seconds);
    report_label(seconds);
    report_all_hostile(seconds);
}
