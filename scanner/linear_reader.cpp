#include "scanner/linear_reader.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <opencv2/imgproc.hpp>

#include "scanner/soft_decoder.hpp"
#include "scanner/trust.hpp"
#include "scanner/upright.hpp"

namespace scanner {
namespace {

using Symbologies = std::vector<Symbology>;

constexpr float kScale = 2;           // columns of the crop a pixel of the frame
constexpr float kRowsMax = 48;        // of the crop
constexpr float kMarginPart = 0.12F;  // of the length, either side: quiet zones of ten modules
constexpr float kMarginMin = 24;      // pixels
constexpr float kCoreLength = 1.3F, kCoreHeight = 0.5F;  // see core_of()
constexpr float kAngleOff = 0.05F;  // radians, beyond which the crop is cut again
constexpr int kChangesMin = 20;     // the shortest symbols have some thirty bars and spaces
constexpr int kPictureRows = 12;    // of the picture that a profile is made into

bool contains(const Symbologies& all, Symbology one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

// What the soft decoder is to look for: UPC-A is an EAN-13 to it.
Symbologies soft_symbologies(const Symbologies& wanted) {
    Symbologies soft;
    for (const Symbology each :
         {Symbology::Code128, Symbology::EAN13, Symbology::EAN8, Symbology::Code39, Symbology::ITF})
        if (contains(wanted, each) ||
            (each == Symbology::EAN13 && contains(wanted, Symbology::UPCA)))
            soft.push_back(each);
    return soft;
}

// The library takes pictures only: the profile, enlarged and with its contrast evened out.
cv::Mat picture_of(const Profile& profile) {
    const cv::Mat line(1, static_cast<int>(profile.values.size()), CV_32F,
                       const_cast<float*>(profile.values.data()));
    cv::Mat wide;
    cv::resize(line, wide, {line.cols * 2, 1}, 0, 0, cv::INTER_CUBIC);
    cv::Mat blurred;
    cv::GaussianBlur(wide, blurred, {0, 1}, 2.0 * kScale * 2, 0.5);
    cv::Mat sharp = wide * 2 - blurred;
    // Local paper and ink: shadow and glare change slowly.
    const int reach = std::max(31, wide.cols / 8) | 1;
    cv::Mat paper;
    cv::Mat ink;
    cv::dilate(sharp, paper, cv::Mat::ones(1, reach, CV_8U));
    cv::erode(sharp, ink, cv::Mat::ones(1, reach, CV_8U));
    cv::blur(paper, paper, {reach, 1});
    cv::blur(ink, ink, {reach, 1});
    double least = 0;
    double most = 0;
    cv::minMaxLoc(paper - ink, &least, &most);
    cv::Mat even(1, wide.cols, CV_8U);
    for (int x = 0; x < wide.cols; ++x) {
        const float range =
            std::max(paper.at<float>(0, x) - ink.at<float>(0, x), static_cast<float>(most) / 4);
        const float value = (sharp.at<float>(0, x) - paper.at<float>(0, x)) / range * 255 + 255;
        even.at<std::uint8_t>(0, x) = cv::saturate_cast<std::uint8_t>(value);
    }
    cv::Mat picture;
    cv::repeat(even, kPictureRows, 1, picture);
    return picture;
}

class RegionReader {
 public:
    RegionReader(const GreyView& frame, const BarRegion& region, const LinearOptions& options)
        : options_(options) {
        const float margin = std::max(kMarginMin, kMarginPart * region.length);
        const float height = std::max(10.0F, region.height + kTextureBlock);
        const CropSize size{region.length + 2 * margin, height, kScale,
                            std::min(1.0F, kRowsMax / height)};
        crop_ = cut_upright(frame, region.middle, measure_angle(frame, region), size);
        profiles_ = measure_profiles(crop_);
    }

    std::vector<Read> read() {
        if (profiles_.all.values.empty()) return {};
        std::vector<Read> reads = by_library(profiles_.all, options_.symbologies);
        bool sure = false;
        for (Read& read : reads) sure = count_votes(read, true) || sure;
        if (!sure && options_.soft)
            for (Read& read : by_likelihood(profiles_.all, options_.symbologies)) {
                const auto same = std::find_if(reads.begin(), reads.end(), [&](const Read& each) {
                    return same_code(each.symbol, read.symbol);
                });
                if (same != reads.end() || read.symbol.text.empty()) continue;  // asked already
                count_votes(read, false);
                reads.push_back(std::move(read));
            }
        std::vector<Read> refuted;
        std::ranges::copy_if(reads, std::back_inserter(refuted),
                             [](const Read& read) { return read.votes == 0; });
        reads = without_contradictions(std::move(reads));
        const bool enough = std::any_of(reads.begin(), reads.end(), [](const Read& read) {
            return read.votes >= votes_needed(read.symbol.symbology);
        });
        if (enough || (reads.empty() && !options_.thorough)) return reads;
        auto others = by_strips();
        const auto says_again = [&](const Read& read) {
            return same_code(read.symbol, others.front().symbol);
        };
        if (others.empty() || std::ranges::any_of(refuted, says_again)) return reads;
        // A second opinion on what was read with too few votes; a text of its own only thoroughly.
        const bool agree = std::ranges::all_of(reads, says_again);
        return agree || options_.thorough ? others : std::vector<Read>();
    }

 private:
    // Strip by strip, for where the bars bend, shine or run into print, their mean is no bars. Each
    // strip is a look of its own; each that says something else asks for two more that agree.
    std::vector<Read> by_strips() const {
        std::vector<Read> reads;
        for (const Profile& strip : profiles_.sixths)
            for (Read& read : by_likelihood(strip, options_.symbologies)) {
                if (!has_sound_check(read)) continue;  // stripes of clutter: in every strip
                const auto same = std::find_if(reads.begin(), reads.end(), [&](const Read& each) {
                    return same_code(each.symbol, read.symbol);
                });
                if (same == reads.end()) {
                    read.votes = 1;
                    reads.push_back(std::move(read));
                } else {
                    ++same->votes;
                }
            }
        if (reads.empty()) return reads;
        const auto most =
            std::max_element(reads.begin(), reads.end(),
                             [](const Read& a, const Read& b) { return a.votes < b.votes; });
        int others = -most->votes;
        for (const Read& read : reads) others += read.votes;
        most->votes = std::max(0, most->votes - 2 * others);
        if (most->symbol.text.empty() || !fits_its_modules(*most)) return {};
        return {*most};
    }

    std::vector<Read> by_library(const Profile& profile, const Symbologies& symbologies) const {
        const cv::Mat picture = picture_of(profile);
        auto reads =
            read_symbols({picture.data, picture.cols, picture.rows, static_cast<int>(picture.step)},
                         {symbologies, false, false});
        for (Read& read : reads) {
            const auto [left, right] =
                std::minmax_element(read.symbol.corners.begin(), read.symbol.corners.end(),
                                    [](const Point& a, const Point& b) { return a.x < b.x; });
            const bool turned = read.symbol.corners[0].x > read.symbol.corners[1].x;
            const float begin = left->x / 2;
            const float end = right->x / 2;
            read.along = {turned ? end : begin, turned ? begin : end};
            place(read.symbol, read.along.first, read.along.second);
        }
        return reads;
    }

    std::vector<Read> by_likelihood(
        const Profile& profile, const Symbologies& symbologies,
        const std::optional<std::pair<float, float>>& where = std::nullopt) const {
        std::vector<Read> reads;
        for (const SoftRead& soft :
             soft_decode(profile.values, {soft_symbologies(symbologies), kScale, where})) {
            Read read;
            read.along = {soft.begin, soft.end};
            read.symbol.symbology = soft.text.symbology;
            // No check is so strong that it tells what stands under an overprinted character: such
            // a read has no text, and agrees with none.
            if (!soft.is_doubtful) read.symbol.text = soft.text.text;
            read.symbol.symbology_id = soft.text.symbology_id;
            const bool is_upca =
                soft.text.symbology == Symbology::EAN13 && soft.text.text.starts_with('0');
            if (is_upca && contains(options_.symbologies, Symbology::UPCA))
                read.symbol.symbology = Symbology::UPCA;
            else if (!contains(options_.symbologies, soft.text.symbology))
                continue;
            read.symbol.bytes.assign(read.symbol.text.begin(), read.symbol.text.end());
            place(read.symbol, soft.begin, soft.end);
            reads.push_back(std::move(read));
        }
        return reads;
    }

    // From a stretch of the profile to four corners in the frame.
    void place(Symbol& symbol, float begin, float end) const {
        const auto middle = static_cast<float>(crop_.picture.rows - 1) / 2;
        const auto width = static_cast<float>(crop_.picture.cols);
        const auto corner = [&](float x, int row) {
            const float down = static_cast<float>(row) - middle;
            const Lean& lean = profiles_.lean;
            const float leaning = lean.left + (lean.right - lean.left) * x / width;
            return crop_.in_frame(x + leaning * down, static_cast<float>(row));
        };
        // Upside down, the symbol's own top is the crop's bottom.
        const bool turned = begin > end;
        const int top = turned ? profiles_.all.last_row : profiles_.all.first_row;
        const int bottom = turned ? profiles_.all.first_row : profiles_.all.last_row;
        symbol.corners = {corner(begin, top), corner(end, top), corner(end, bottom),
                          corner(begin, bottom)};
    }

    enum class Answer : std::uint8_t { Same, Nothing, Other };

    static Answer answer_of(const std::vector<Read>& reads, const Symbol& symbol) {
        if (reads.empty()) return Answer::Nothing;
        for (const Read& read : reads)
            if (!same_code(read.symbol, symbol)) return Answer::Other;
        return Answer::Same;
    }

    // How many of the parts agree, each looked at by the one decoder and, when that sees nothing,
    // by the other; less than none when one of them contradicts.
    int agreeing(const std::vector<Profile>& parts, const Read& read) const {
        const Symbologies alike = rivals_of(read.symbol.symbology);
        int count = 0;
        for (const Profile& part : parts) {
            const Answer library = answer_of(by_library(part, alike), read.symbol);
            Answer soft = Answer::Nothing;
            if (library == Answer::Nothing && options_.soft)
                soft = answer_of(by_likelihood(part, alike, read.along), read.symbol);
            if (library == Answer::Other || soft == Answer::Other) return -1;
            count += library == Answer::Same || soft == Answer::Same ? 1 : 0;
        }
        return count;
    }

    // What the soft decoder reads in the whole of the bars where the library read this, or, for the
    // library's idea of its ends may be a bar too short, anywhere in them.
    Answer ask_soft(const Read& read) const {
        const Symbologies alike = rivals_of(read.symbol.symbology);
        const Answer there =
            answer_of(by_likelihood(profiles_.all, alike, read.along), read.symbol);
        if (there != Answer::Nothing) return there;
        return answer_of(by_likelihood(profiles_.all, alike), read.symbol);
    }

    // A bar printed over the others makes another text in every row, and of ten such texts of an
    // EAN one has a sound check digit, of a Code 128 one in 103: only that bar's width gives it
    // away, which the library does not ask for. (EAN, UPC and Code 128 are read by likelihood
    // wherever the library reads them; so what is not is refused. Code 39 and ITF have more votes.)
    bool fits_its_modules(const Read& read, std::optional<Answer> soft = std::nullopt) const {
        if (!options_.soft || soft_symbologies({read.symbol.symbology}).empty()) return true;
        if (!soft) soft = ask_soft(read);
        return votes_needed(read.symbol.symbology) < 3 ? soft == Answer::Same
                                                       : soft != Answer::Other;
    }

    bool count_votes(Read& read, bool by_the_library) const {
        std::optional<Answer> soft;
        const bool enough = count_looks(read, by_the_library, soft);
        if (read.votes == 0 || fits_its_modules(read, soft)) return enough;
        read.votes = 0;
        return false;
    }

    // The whole, read in one way, is one look, read in both ways two; parts that share no pixel are
    // one each. `soft`: what the soft decoder read in the whole, if it was asked.
    bool count_looks(Read& read, bool by_the_library, std::optional<Answer>& soft) const {
        const int needed = votes_needed(read.symbol.symbology);
        const int halves = agreeing(profiles_.halves, read);
        read.votes = std::max(0, halves == 0 ? 1 : halves);
        if (halves < 0 || read.votes >= needed) return halves >= 0;
        const Symbologies alike = rivals_of(read.symbol.symbology);
        Answer other = Answer::Nothing;
        if (!by_the_library)
            other = answer_of(by_library(profiles_.all, alike), read.symbol);
        else if (options_.soft)
            other = *(soft = ask_soft(read));
        if (other == Answer::Same) ++read.votes;
        const int thirds = read.votes < needed && other != Answer::Other && needed > 2
                               ? agreeing(profiles_.thirds, read)
                               : 0;
        read.votes = other == Answer::Other || thirds < 0 ? 0 : std::max(read.votes, thirds);
        return read.votes >= needed;
    }

    static std::vector<Read> without_contradictions(std::vector<Read> reads) {
        std::vector<Read> kept;
        for (const Read& read : reads) {
            if (read.votes == 0) continue;
            const bool disputed = std::any_of(reads.begin(), reads.end(), [&](const Read& other) {
                return !same_code(other.symbol, read.symbol) && other.votes >= read.votes;
            });
            if (!disputed) kept.push_back(read);
        }
        return kept;
    }

    const LinearOptions& options_;
    Crop crop_;
    BarProfiles profiles_;
};

}  // namespace

bool may_be_symbol(const GreyView& frame, const BarRegion& region) {
    constexpr int kRows = 7;
    const float cosine = std::cos(region.angle);
    const float sine = std::sin(region.angle);
    const int length = static_cast<int>(region.length);
    std::vector<int> line(static_cast<std::size_t>(length), 0);
    for (int row = -kRows / 2; row <= kRows / 2; ++row) {
        const float down = static_cast<float>(row) * std::min(2.0F, region.height / kRows);
        for (int i = 0; i < length; ++i) {
            const float along = static_cast<float>(i) - region.length / 2;
            const int x = static_cast<int>(region.middle.x + along * cosine - down * sine);
            const int y = static_cast<int>(region.middle.y + along * sine + down * cosine);
            line[static_cast<std::size_t>(i)] +=
                frame.pixels[static_cast<std::ptrdiff_t>(std::clamp(y, 0, frame.height - 1)) *
                                 frame.stride +
                             std::clamp(x, 0, frame.width - 1)];
        }
    }
    const auto [least, most] = std::minmax_element(line.begin(), line.end());
    const int enough = std::max(2 * kRows, (*most - *least) / 8);
    // Turns by more than an eighth of the whole range.
    int changes = 0;
    int turn = line.front();
    bool rising = true;
    for (const int value : line) {
        if (rising ? value > turn : value < turn) turn = value;
        if (std::abs(value - turn) <= enough) continue;
        rising = !rising;
        turn = value;
        ++changes;
    }
    return changes >= kChangesMin;
}

std::vector<Read> read_bars(const GreyView& frame, const BarRegion& region,
                            const LinearOptions& options) {
    // OpenCV throws when it runs out of memory; that costs this region only.
    try {
        return RegionReader(frame, region, options).read();
    } catch (const std::exception&) {
        return {};
    }
}

BarRegion core_of(BarRegion region) {
    region.length *= kCoreLength;
    region.height *= kCoreHeight;
    return region;
}

std::vector<Read> read_believed_bars(const GreyView& frame, const BarRegion& region,
                                     const LinearOptions& options, BarLooks looks) {
    const auto has_votes = [](const Read& read) {
        return read.votes >= votes_needed(read.symbol.symbology);
    };
    std::vector<Read> before;
    std::vector<BarRegion> tried{region};
    if (looks == BarLooks::AlsoCore) tried.push_back(core_of(region));
    for (const BarRegion& look : tried) {
        if (!may_be_symbol(frame, look)) continue;
        std::vector<Read> reads = read_bars(frame, look, options);
        const bool agree = std::ranges::all_of(before, [&](const Read& read) {
            return reads.empty() || same_code(read.symbol, reads.front().symbol);
        });
        if (!agree) return {};
        if (std::ranges::any_of(reads, has_votes)) {
            std::erase_if(reads, [&](const Read& read) { return !has_votes(read); });
            return reads;
        }
        if (!reads.empty()) before = std::move(reads);
    }
    return {};
}

}  // namespace scanner
