// How many of a folder of real barcode photos are read right, wrong or not at all: ours (full
// effort) beside the plain library (default hints) on the same grey picture. The folder is the
// first argument or $UNITRAIL_PHOTOS: one folder a format, and beside NAME.png the expected
// NAME.txt (UTF-8) or NAME.bin (bytes). A picture without either holds no barcode where its folder
// is called falsepositives-…, and is left out elsewhere.
#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scanner/decoder.hpp"
#include "scanner/source.hpp"

namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<std::uint8_t>;

struct Code {
    std::string text;
    Bytes bytes;
};

struct Expected {
    bool is_nothing = false;
    std::optional<std::string> text;
    std::optional<Bytes> bytes;
};

struct Score {
    int right = 0;
    int wrong = 0;
    int unread = 0;
    double milliseconds = 0;
    std::vector<double> easy;  // milliseconds for each picture that the plain library reads right
};

struct Row {
    int pictures = 0;
    Score ours;
    Score plain;
};

std::optional<std::string> content_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(file), {});
}

Expected expected_of(fs::path picture) {
    Expected expected;
    expected.text = content_of(picture.replace_extension(".txt"));
    if (const auto bytes = content_of(picture.replace_extension(".bin")))
        expected.bytes = Bytes(bytes->begin(), bytes->end());
    return expected;
}

bool is_right(const Code& code, const Expected& expected) {
    if (expected.bytes) return code.bytes == *expected.bytes;
    return expected.text && code.text == *expected.text;
}

// Earlier versions of the library leave out UPC's first zero and Codabar's start and stop; that is
// not held against it.
bool is_right_for_library(const Code& code, const Expected& expected) {
    if (is_right(code, expected)) return true;
    return expected.text && (*expected.text == "0" + code.text ||
                             (expected.text->size() == code.text.size() + 2 &&
                              expected.text->substr(1, code.text.size()) == code.text));
}

// A picture counts once: wrong when anything but the expected text was read, too.
template <typename Judge>
void judge(Score& score, const std::vector<Code>& codes, const Expected& expected,
           const std::string& words, Judge is_good) {
    bool right = false;
    bool wrong = false;
    for (const Code& code : codes) {
        const bool good = is_good(code, expected);
        right = right || good;
        wrong = wrong || !good;
        if (!good) std::printf("  %s reads “%s”\n", words.c_str(), code.text.c_str());
    }
    score.right += right && !wrong ? 1 : 0;
    score.wrong += wrong ? 1 : 0;
    score.unread += !right && !wrong ? 1 : 0;
    if (!right && !wrong && !expected.is_nothing)
        std::printf("  %s reads nothing\n", words.c_str());
}

std::vector<Code> read_ours(const scanner::Frame& frame) {
    std::vector<Code> codes;
    for (const auto& symbol : decode(frame, {{}, scanner::Effort::Full}))
        codes.push_back({symbol.text, symbol.bytes});
    return codes;
}

std::vector<Code> read_plain(const scanner::Frame& frame) {
    std::vector<Code> codes;
    const ZXing::ImageView image(frame.grey->data(), frame.width, frame.height,
                                 ZXing::ImageFormat::Lum);
    for (const auto& barcode : ZXing::ReadBarcodes(image))
        codes.push_back({barcode.text(), Bytes(barcode.bytes().begin(), barcode.bytes().end())});
    return codes;
}

template <typename Reader, typename Judge>
double run(Score& score, Reader reader, Judge is_good, const scanner::Frame& frame,
           const Expected& expected, const std::string& words) {
    const auto begin = std::chrono::steady_clock::now();
    const auto codes = reader(frame);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    score.milliseconds += took.count();
    judge(score, codes, expected, words, is_good);
    return took.count();
}

void add(Score& sum, const Score& part) {
    sum.right += part.right;
    sum.wrong += part.wrong;
    sum.unread += part.unread;
    sum.milliseconds += part.milliseconds;
    sum.easy.insert(sum.easy.end(), part.easy.begin(), part.easy.end());
}

void print(const std::string& name, const Row& row) {
    const double pictures = row.pictures > 0 ? row.pictures : 1;
    std::printf("%-20s %8d | %5d %5d %6d %7.0f | %5d %5d %6d %7.0f\n", name.c_str(), row.pictures,
                row.ours.right, row.ours.wrong, row.ours.unread, row.ours.milliseconds / pictures,
                row.plain.right, row.plain.wrong, row.plain.unread,
                row.plain.milliseconds / pictures);
}

double median_of(std::vector<double> values) {
    if (values.empty()) return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::map<std::string, Row> measure(const fs::path& folder) {
    std::map<std::string, Row> rows;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const std::string group = entry.path().parent_path().filename().string();
        Expected expected = expected_of(entry.path());
        expected.is_nothing = group.starts_with("falsepositives");
        if (!entry.is_regular_file() || entry.path().extension() == ".txt") continue;
        if (!expected.is_nothing && !expected.text && !expected.bytes) continue;
        const auto frame = scanner::load_picture(entry.path().string());
        if (!frame) continue;
        Row& row = rows[group];
        ++row.pictures;
        const std::string place = group + "/" + entry.path().filename().string();
        const double ours = run(row.ours, read_ours, is_right, *frame, expected, "ours   " + place);
        const int before = row.plain.right;
        const double plain =
            run(row.plain, read_plain, is_right_for_library, *frame, expected, "plain  " + place);
        if (row.plain.right == before) continue;
        row.ours.easy.push_back(ours);
        row.plain.easy.push_back(plain);
    }
    return rows;
}

}  // namespace

int main(int argc, char* argv[]) {
    const char* named = argc > 1 ? argv[1] : std::getenv("UNITRAIL_PHOTOS");
    if (named == nullptr || !fs::is_directory(named)) {
        std::fprintf(stderr, "scan_photos: name a folder of photos or set UNITRAIL_PHOTOS\n");
        return 2;
    }
    const auto rows = measure(named);
    std::printf("%-20s %8s | %5s %5s %6s %7s | %5s %5s %6s %7s\n", "folder", "pictures", "right",
                "wrong", "unread", "ms", "plain", "wrong", "unread", "ms");
    Row sum;
    for (const auto& [name, row] : rows) {
        print(name, row);
        sum.pictures += row.pictures;
        add(sum.ours, row.ours);
        add(sum.plain, row.plain);
    }
    print("all", sum);
    std::printf("where the plain library reads it, ms median: ours %.2f, plain %.2f\n",
                median_of(sum.ours.easy), median_of(sum.plain.easy));
    return 0;
}
