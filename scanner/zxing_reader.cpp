// The only file that knows ZXing-cpp. Its names changed twice (1.4: DecodeHints and Result; 2.2:
// ReaderOptions and Barcode; 3.0: BarcodeFormats became a container); what differs is in the first
// part.
#define ZX_USE_UTF8 1  // 1.4 only: text() gives UTF-8

#include <ZXing/ReadBarcode.h>

#if __has_include(<ZXing/Version.h>)
#include <ZXing/Version.h>
#else
#include <ZXing/ZXVersion.h>
#endif

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <exception>

#include "scanner/assertions.hpp"
#include "scanner/reader.hpp"

#if ZXING_VERSION_MAJOR < 3
// Whether two results are one symbol. The library's own answer ends the program (an assertion that
// a linear result has one line only) when a frame shows the same linear code twice, be it two boxes
// of one product. It is asked through the dynamic linker, which takes this definition first.
bool ZXing::Result::operator==(const Result& other) const {
    if (format() != other.format() || bytes() != other.bytes()) return false;
    const auto& here = position();
    const auto& there = other.position();
    const auto distance = [](const PointI& a, const PointI& b) {
        return std::max(std::abs(a.x - b.x), std::abs(a.y - b.y));
    };
    const int size = std::max(distance(here.topLeft(), here.bottomRight()),
                              distance(here.topRight(), here.bottomLeft()));
    // The lines of a linear symbol lie above each other, so the nearest of its ends counts.
    return std::min({distance(here.topLeft(), there.topLeft()),
                     distance(here.bottomLeft(), there.topLeft()),
                     distance(here.topLeft(), there.bottomLeft())}) < size / 2;
}
#endif

namespace scanner {
namespace {

struct Pair {
    ZXing::BarcodeFormat format;
    Symbology symbology;
};

#if ZXING_VERSION_MAJOR >= 2
using Options = ZXing::ReaderOptions;
#else
using Options = ZXing::DecodeHints;
#endif

constexpr Pair kPairs[] = {
    {ZXing::BarcodeFormat::Code128, Symbology::Code128},
    {ZXing::BarcodeFormat::Code39, Symbology::Code39},
    {ZXing::BarcodeFormat::Code93, Symbology::Code93},
    {ZXing::BarcodeFormat::ITF, Symbology::ITF},
    {ZXing::BarcodeFormat::Codabar, Symbology::Codabar},
    {ZXing::BarcodeFormat::EAN13, Symbology::EAN13},
    {ZXing::BarcodeFormat::EAN8, Symbology::EAN8},
    {ZXing::BarcodeFormat::UPCA, Symbology::UPCA},
    {ZXing::BarcodeFormat::UPCE, Symbology::UPCE},
    {ZXing::BarcodeFormat::DataBar, Symbology::DataBar},
#if ZXING_VERSION_MAJOR >= 3
    {ZXing::BarcodeFormat::DataBarExp, Symbology::DataBar},
#else
    {ZXing::BarcodeFormat::DataBarExpanded, Symbology::DataBar},
#endif
    {ZXing::BarcodeFormat::DataMatrix, Symbology::DataMatrix},
    {ZXing::BarcodeFormat::MicroQRCode, Symbology::MicroQRCode},
    {ZXing::BarcodeFormat::QRCode, Symbology::QRCode},
    {ZXing::BarcodeFormat::Aztec, Symbology::Aztec},
    {ZXing::BarcodeFormat::PDF417, Symbology::PDF417},
};

#if ZXING_VERSION_MAJOR >= 3
// 3.x reports variants ("Code 39 Extended") where earlier versions reported the symbology.
bool is_of(ZXing::BarcodeFormat format, ZXing::BarcodeFormat symbology) {
    return format <= symbology;
}
void add_format(ZXing::BarcodeFormats& formats, ZXing::BarcodeFormat format) {
    std::vector<ZXing::BarcodeFormat> all(formats.begin(), formats.end());
    all.push_back(format);
    formats = ZXing::BarcodeFormats(std::move(all));
}
#else
bool is_of(ZXing::BarcodeFormat format, ZXing::BarcodeFormat symbology) {
    return format == symbology;
}
void add_format(ZXing::BarcodeFormats& formats, ZXing::BarcodeFormat format) { formats |= format; }
#endif

// Full ASCII Code 39 and Codabar's start and stop letters come by themselves from 3.x on; here they
// are asked for, so that a text does not depend on the version.
void settle_texts(Options& options) {
#if ZXING_VERSION_MAJOR >= 2
    options.setTextMode(ZXing::TextMode::Plain);
#endif
#if ZXING_VERSION_MAJOR < 3
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    options.setTryCode39ExtendedMode(true);
    options.setReturnCodabarStartEnd(true);
#pragma GCC diagnostic pop
#else
    (void)options;
#endif
}

// Before 2.0 the library ends the program (an assertion that two edges are lines) when it looks for
// a Micro QR code where a finder pattern is damaged. It is handed sampled ones only
// (grid_reader.hpp).
bool is_safe(Symbology symbology, const ReadPass& pass) {
    return ZXING_VERSION_MAJOR >= 2 || symbology != Symbology::MicroQRCode || pass.pure;
}

Options options_of(const ReadPass& pass) {
    ZXing::BarcodeFormats formats;
    for (const Symbology wanted : pass.symbologies)
        for (const Pair& pair : kPairs)
            if (pair.symbology == wanted && is_safe(wanted, pass)) add_format(formats, pair.format);
    Options options;
    options.setFormats(formats);
    options.setTryHarder(pass.try_harder);
    options.setTryRotate(pass.rotate);
    options.setIsPure(pass.pure);
    options.setTryDownscale(false);  // the decoder makes the smaller copies that it wants
    settle_texts(options);
    return options;
}

std::optional<Symbology> symbology_of(ZXing::BarcodeFormat format) {
    for (const Pair& pair : kPairs)
        if (is_of(format, pair.format)) return pair.symbology;
    return std::nullopt;
}

template <typename Corner>
Point point_of(const Corner& corner) {
    return {static_cast<float>(corner.x), static_cast<float>(corner.y)};
}

// The zeros that UPC-E leaves out, by its sixth digit (GS1 General Specifications, 5.2.2.4.2).
std::string expanded_upce(const std::string& text) {
    const std::string middle = text.substr(1, 6);
    const std::size_t kind = static_cast<std::size_t>(middle[5] - '0');
    std::string full;
    if (kind <= 2)
        full = middle.substr(0, 2) + middle[5] + "0000" + middle.substr(2, 3);
    else if (kind == 3)
        full = middle.substr(0, 3) + "00000" + middle.substr(3, 2);
    else if (kind == 4)
        full = middle.substr(0, 4) + "00000" + middle[4];
    else
        full = middle.substr(0, 5) + "0000" + middle[5];
    return "0" + text.substr(0, 1) + full + text.substr(7);
}

// How long the value of a predefined AI is (GS1 General Specifications, figure 7.8.5-2): after the
// others, a separator is needed.
std::optional<std::size_t> fixed_length(const std::string& ai) {
    const int prefix = std::stoi(ai.substr(0, 2));
    const std::size_t value = ai.size() == 4 ? 6 : 0;
    if (prefix == 0) return 18;
    if (prefix >= 1 && prefix <= 3) return 14;
    if (prefix == 4) return 16;
    if (prefix >= 11 && prefix <= 19) return 6;
    if (prefix == 20) return 2;
    if (prefix >= 31 && prefix <= 36) return value;
    if (prefix == 41) return 13;
    return std::nullopt;
}

// "(01)…(10)…" as 1.4 gives a DataBar Expanded, to what was encoded: "01…10…", FNC1 as GS.
std::string without_brackets(const std::string& text) {
    std::string plain;
    bool open_ended = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t close = text[at] == '(' ? text.find(')', at) : std::string::npos;
        const std::string ai =
            close == std::string::npos ? "" : text.substr(at + 1, close - at - 1);
        const bool is_ai = ai.size() >= 2 && ai.size() <= 4 &&
                           ai.find_first_not_of("0123456789") == std::string::npos;
        if (!is_ai) {
            plain += text[at++];
            continue;
        }
        if (open_ended) plain += '\x1d';
        plain += ai;
        at = close + 1;
        const auto length = fixed_length(ai);
        open_ended = !length;
        if (length) plain += text.substr(at, *length);
        at = std::min(text.size(), at + length.value_or(0));
    }
    return plain;
}

// What the symbology identifiers ]E0 and ]e0 promise (ISO/IEC 15424) and earlier versions leave
// out: thirteen digits for UPC, and AI 01 before a DataBar's GTIN.
void complete_digits(Symbol& symbol) {
    const std::string& text = symbol.text;
    if (symbol.symbology == Symbology::DataBar && text.starts_with('(')) {
        symbol.text = without_brackets(text);
        symbol.bytes.assign(symbol.text.begin(), symbol.text.end());
        return;
    }
    if (text.find_first_not_of("0123456789") != std::string::npos) return;
    if (symbol.symbology == Symbology::DataBar && text.size() == 14)
        symbol.text.insert(0, "01");
    else if (symbol.symbology == Symbology::UPCA && text.size() == 12)
        symbol.text.insert(0, "0");
    else if (symbol.symbology == Symbology::UPCE && text.size() == 8)
        symbol.text = expanded_upce(text);
    else
        return;
    symbol.bytes.assign(symbol.text.begin(), symbol.text.end());
}

// 3.x calls a UPC-A what it is in print, an EAN-13 that begins with a nought; earlier versions do
// so only when UPC-A is not wanted.
Symbology told_apart(Symbology symbology, const std::string& text, const ReadPass& pass) {
    const bool is_upca = symbology == Symbology::EAN13 && text.starts_with('0');
    const auto& wanted = pass.symbologies;
    const bool wants_upca =
        std::find(wanted.begin(), wanted.end(), Symbology::UPCA) != wanted.end();
    return is_upca && wants_upca ? Symbology::UPCA : symbology;
}

template <typename Barcode>
std::optional<Read> read_of(const Barcode& barcode, const ReadPass& pass) {
    const auto symbology = symbology_of(barcode.format());
    if (!barcode.isValid() || !symbology) return std::nullopt;
    Read read;
    read.symbol.symbology_id = barcode.symbologyIdentifier();
    read.symbol.text = barcode.text();
    read.symbol.symbology = told_apart(*symbology, read.symbol.text, pass);
    read.symbol.bytes.assign(barcode.bytes().begin(), barcode.bytes().end());
    const auto& at = barcode.position();
    read.symbol.corners = {point_of(at.topLeft()), point_of(at.topRight()),
                           point_of(at.bottomRight()), point_of(at.bottomLeft())};
    read.lines = barcode.lineCount();
    complete_digits(read.symbol);
    return read;
}

}  // namespace

bool data_matrix_needs_crops() { return ZXING_VERSION_MAJOR < 2; }

std::vector<Read> read_symbols(const GreyView& view, const ReadPass& pass) {
    std::vector<Read> reads;
    const auto read = [&] {
        const ZXing::ImageView image(view.pixels, view.width, view.height, ZXing::ImageFormat::Lum,
                                     view.stride);
        const Options options = options_of(pass);
        if (options.formats() == ZXing::BarcodeFormats{}) return;  // none would mean all
        for (const auto& barcode : ZXing::ReadBarcodes(image, options))
            if (auto one = read_of(barcode, pass)) reads.push_back(std::move(*one));
    };
    // What the library throws (out of memory, an index of its own) or did not expect costs this one
    // picture only.
    try {
        if (!holds_assertions(read)) reads.clear();
    } catch (const std::exception&) {
        reads.clear();
    }
    return reads;
}

}  // namespace scanner
