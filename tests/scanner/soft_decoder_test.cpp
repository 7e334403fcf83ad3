// Goal: the soft decoder reads blurred bars, and whatever else it is given it returns nothing
// wrong. Method: symbols printed by zint, made into a line of grey values and blurred; random lines
// and random parts of good ones.
#include <algorithm>
#include <cmath>

#include "frames/printed.hpp"
#include "scanner/soft_decoder.hpp"
#include "support/catch.hpp"

using namespace scanner;
using frames::Kind;

namespace {

const std::vector<Symbology> kAll{Symbology::Code128, Symbology::EAN13, Symbology::EAN8,
                                  Symbology::Code39, Symbology::ITF};

// A line across the bars, `module` samples a module, blurred by `blur` modules.
std::vector<float> line_of(const frames::Printed& printed, double module, double blur) {
    constexpr int kFine = frames::kPrintedModule;
    const cv::Mat row = printed.paper.row(printed.symbol.y + printed.symbol.height / 2);
    std::vector<float> line;
    const double step = kFine / module;
    const int samples = static_cast<int>(std::ceil(row.cols / step));
    for (int sample = 0; sample < samples; ++sample) {
        const double x = sample * step;
        double sum = 0;
        double weights = 0;
        const double reach = 3 * blur * kFine + 1;
        for (int i = static_cast<int>(x - reach); i <= static_cast<int>(x + reach); ++i) {
            const double far = (i - x) / (blur * kFine);
            const double weight = std::exp(-far * far / 2);
            sum += weight * row.at<std::uint8_t>(0, std::clamp(i, 0, row.cols - 1));
            weights += weight;
        }
        line.push_back(static_cast<float>(sum / weights));
    }
    return line;
}

}  // namespace

TEST_CASE("blurred bars of every linear symbology are read, either way round", "[scanner][soft]") {
    const Kind kind =
        GENERATE(Kind::Code128, Kind::Code39, Kind::Itf, Kind::Ean13, Kind::UpcA, Kind::Ean8);
    const double blur = GENERATE(0.5, 0.8);
    const bool turned = GENERATE(false, true);
    CAPTURE(frames::name(kind), blur, turned);
    frames::Random random(77);
    const auto printed = print(kind, random_text(kind, random), random);
    auto line = line_of(printed, 4.3, blur);
    if (turned) std::reverse(line.begin(), line.end());
    const auto reads = soft_decode(line, {kAll, 2, std::nullopt});
    REQUIRE(reads.size() == 1);
    CHECK(reads[0].text.text == printed.text);
    CHECK((reads[0].begin > reads[0].end) == turned);
}

TEST_CASE("a character that something was printed over is told from blur", "[scanner][soft]") {
    const double blur = GENERATE(0.3, 0.5, 0.8);
    CAPTURE(blur);
    frames::Random random(78);
    const auto printed = print(Kind::Code39, "AB123456", random);
    const auto line = line_of(printed, 4.3, blur);
    const auto clean = soft_decode(line, {kAll, 2, std::nullopt});
    REQUIRE(clean.size() == 1);
    CHECK_FALSE(clean[0].is_doubtful);

    // Grey ink over two thirds of the fifth of its ten characters.
    const float character = (clean[0].end - clean[0].begin) / 10;
    auto over = line;
    const auto from = static_cast<std::size_t>(clean[0].begin + 4.1F * character);
    for (std::size_t i = from; i < from + static_cast<std::size_t>(0.65F * character); ++i)
        over[i] = std::min(over[i], 70.0F);
    for (const SoftRead& read : soft_decode(over, {kAll, 2, std::nullopt}))
        CHECK((read.is_doubtful || read.text.text == printed.text));
    const auto there = soft_decode(over, {kAll, 2, std::pair(clean[0].begin, clean[0].end)});
    REQUIRE(there.size() == 1);
    CHECK(there[0].is_doubtful);
}

TEST_CASE("a line without bars reads nothing", "[scanner][soft]") {
    for (const std::size_t size : {0U, 1U, 39U, 40U, 200U})
        CHECK(soft_decode(std::vector<float>(size, 180), {kAll, 2, std::nullopt}).empty());
}

TEST_CASE("random bars read nothing", "[scanner][soft]") {
    const auto seed = GENERATE(range(1U, 41U));
    CAPTURE(seed);
    frames::Random random(seed);
    std::vector<float> line(60, 220);
    const double module = random.uniform(2, 6);
    const int bars = random.whole(10, 60);
    for (int bar = 0; bar < 2 * bars; ++bar) {
        const auto width = static_cast<std::size_t>(module * random.whole(1, 4));
        line.insert(line.end(), width, bar % 2 == 0 ? 30.0F : 220.0F);
    }
    line.insert(line.end(), 60, 220);
    CHECK(soft_decode(line, {kAll, 2, std::nullopt}).empty());
}

TEST_CASE("a part of a symbol is never read as another text", "[scanner][soft]") {
    const Kind kind = GENERATE(Kind::Code128, Kind::Code39, Kind::Ean13, Kind::UpcA, Kind::Ean8);
    CAPTURE(frames::name(kind));
    frames::Random random(5 + static_cast<std::uint64_t>(kind));
    for (int i = 0; i < 40; ++i) {
        const auto printed = print(kind, random_text(kind, random), random);
        auto line = line_of(printed, random.uniform(2.5, 6), random.uniform(0.2, 0.9));
        const auto keep =
            static_cast<std::size_t>(random.uniform(0.2, 0.9) * static_cast<double>(line.size()));
        if (random.chance(0.5)) std::reverse(line.begin(), line.end());
        line.resize(keep);
        // Now and then paper begins where the symbol is cut off.
        if (random.chance(0.5)) line.insert(line.end(), 100, 255);
        for (const SoftRead& read : soft_decode(line, {kAll, 2, std::nullopt})) {
            CAPTURE(i, read.fit, read.lead);
            CHECK(read.text.text == printed.text);
        }
    }
}
