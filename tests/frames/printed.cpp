#include "frames/printed.hpp"

#include <zint.h>

#include <algorithm>
#include <memory>
#include <opencv2/imgproc.hpp>
#include <stdexcept>

namespace frames {
namespace {

using scanner::Symbology;

struct Row {
    const char* name;
    Symbology symbology;
    int zint;
    int quiet;  // modules at each end, by the standard
};

constexpr Row kRows[] = {
    {"Code 128", Symbology::Code128, BARCODE_CODE128, 10},
    {"Code 39", Symbology::Code39, BARCODE_CODE39, 10},
    {"ITF", Symbology::ITF, BARCODE_C25INTER, 10},
    {"EAN-13", Symbology::EAN13, BARCODE_EANX, 11},
    {"UPC-A", Symbology::UPCA, BARCODE_UPCA, 9},
    {"EAN-8", Symbology::EAN8, BARCODE_EANX, 7},
    {"QR", Symbology::QRCode, BARCODE_QRCODE, 4},
    {"Micro QR", Symbology::MicroQRCode, BARCODE_MICROQR, 2},
    {"DataMatrix", Symbology::DataMatrix, BARCODE_DATAMATRIX, 2},
    {"DM rectangle", Symbology::DataMatrix, BARCODE_DATAMATRIX, 2},
    {"GS1 DataMatrix", Symbology::DataMatrix, BARCODE_DATAMATRIX, 2},
};

const Row& row_of(Kind kind) { return kRows[static_cast<std::size_t>(kind)]; }

std::string digits(int count, Random& random) {
    std::string text;
    for (int i = 0; i < count; ++i) text += static_cast<char>('0' + random.whole(0, 9));
    return text;
}

// GS1 General Specifications, 7.9: weights 3 and 1 from the right.
std::string with_check_digit(std::string text) {
    int sum = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
        sum += (text[text.size() - 1 - i] - '0') * (i % 2 == 0 ? 3 : 1);
    return text + static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::string letters(int count, Random& random) {
    std::string text;
    for (int i = 0; i < count; ++i) text += static_cast<char>('A' + random.whole(0, 25));
    return text;
}

std::string serial(Random& random) {
    switch (random.whole(0, 4)) {
        case 0: return "SN-2026" + digits(4, random) + "-" + letters(1, random) + digits(3, random);
        case 1: return digits(random.whole(4, 14), random);
        case 2: return letters(2, random) + digits(random.whole(5, 10), random);
        case 3: return letters(random.whole(3, 6), random) + "/" + digits(4, random);
    }
    return "s" + digits(3, random) + "k" + letters(2, random) + digits(random.whole(2, 4), random);
}

// "(01)…(10)…(21)…" as it is encoded: after the fourteen digits of 01 no separator, then one.
std::string without_brackets(const std::string& text) {
    constexpr std::size_t kAfterGtin = 18;
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '(' && at > kAfterGtin) plain += '\x1d';
        if (text[at] != '(' && text[at] != ')') plain += text[at];
    }
    return plain;
}

using Zint = std::unique_ptr<zint_symbol, void (*)(zint_symbol*)>;

Zint encode(Kind kind, const std::string& text, Random& random) {
    Zint symbol(ZBarcode_Create(), ZBarcode_Delete);
    symbol->symbology = row_of(kind).zint;
    symbol->input_mode = kind == Kind::Gs1DataMatrix ? GS1_MODE | GS1PARENS_MODE : UNICODE_MODE;
    if (kind == Kind::DataMatrix || kind == Kind::Gs1DataMatrix) symbol->option_3 = DM_SQUARE;
    if (kind == Kind::RectangularDataMatrix) symbol->option_2 = random.whole(27, 30);
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    // Of eight digits zint would make an EAN-13; it adds the eighth itself.
    const auto length = static_cast<int>(kind == Kind::Ean8 ? 7 : text.size());
    if (ZBarcode_Encode(symbol.get(), bytes, length) >= ZINT_ERROR)
        throw std::runtime_error(text + ": " + symbol->errtxt);
    return symbol;
}

cv::Mat modules_of(const zint_symbol& symbol, bool linear, int bar_height) {
    const int height = linear ? bar_height : symbol.rows * kPrintedModule;
    cv::Mat picture(height, symbol.width * kPrintedModule, CV_8UC1, cv::Scalar(255));
    for (int row = 0; row < symbol.rows; ++row)
        for (int column = 0; column < symbol.width; ++column) {
            const int byte = symbol.encoded_data[row][column / 8];
            if (((byte >> (column % 8)) & 1) == 0) continue;
            const int top = linear ? 0 : row * kPrintedModule;
            const int high = linear ? height : kPrintedModule;
            picture(cv::Rect(column * kPrintedModule, top, kPrintedModule, high)) = 0;
        }
    return picture;
}

void write_line(cv::Mat& paper, const std::string& text, cv::Point at, double size) {
    const int weight = std::max(1, cvRound(size * 3));
    cv::putText(paper, text, at, cv::FONT_HERSHEY_SIMPLEX, size * 1.6, cv::Scalar(0), weight,
                cv::LINE_AA);
}

}  // namespace

const char* name(Kind kind) { return row_of(kind).name; }
scanner::Symbology symbology_of(Kind kind) { return row_of(kind).symbology; }

std::string random_text(Kind kind, Random& random) {
    switch (kind) {
        case Kind::Code39: return letters(2, random) + digits(random.whole(3, 8), random);
        case Kind::Itf: return with_check_digit(digits(13, random));
        case Kind::Ean13:
            return with_check_digit(std::to_string(random.whole(1, 9)) + digits(11, random));
        case Kind::UpcA: return with_check_digit(digits(11, random));
        case Kind::Ean8: return with_check_digit(digits(7, random));
        case Kind::MicroQr: return letters(1, random) + digits(random.whole(3, 7), random);
        case Kind::RectangularDataMatrix:
            return letters(1, random) + digits(random.whole(4, 8), random);
        case Kind::Gs1DataMatrix:
            return "(01)" + with_check_digit("0950600" + digits(6, random)) + "(10)" +
                   letters(2, random) + digits(3, random) + "(21)" + digits(7, random);
        case Kind::Code128:
        case Kind::QrCode:
        case Kind::DataMatrix: return serial(random);
    }
    return {};
}

Printed print(Kind kind, const std::string& text, Random& random) {
    const auto symbol = encode(kind, text, random);
    const bool linear = scanner::is_linear(row_of(kind).symbology);
    const int bar_height = kPrintedModule * random.whole(24, 60);
    const cv::Mat modules = modules_of(*symbol, linear, bar_height);
    const int quiet = kPrintedModule * (row_of(kind).quiet + random.whole(0, 6));
    const int line = kPrintedModule * random.whole(6, 12);
    const double text_size = static_cast<double>(line) / 55;
    const bool above = random.chance(0.6);
    const bool below = random.chance(0.7);
    const int gap = linear ? 2 * kPrintedModule + line : quiet + line;
    const int top = above ? gap + line / 3 : quiet;
    const int bottom = below ? gap + line / 3 : quiet;
    Printed printed;
    printed.kind = kind;
    printed.text = kind == Kind::Gs1DataMatrix ? without_brackets(text)
                   : kind == Kind::UpcA        ? "0" + text
                                               : text;
    printed.symbol = {quiet, top, modules.cols, modules.rows};
    printed.paper =
        cv::Mat(top + modules.rows + bottom, modules.cols + 2 * quiet, CV_8UC1, cv::Scalar(255));
    modules.copyTo(printed.paper(printed.symbol));
    if (above)
        write_line(printed.paper, "Unit " + digits(4, random), {quiet, line + line / 4}, text_size);
    if (below)
        write_line(printed.paper, text, {quiet, top + modules.rows + gap - line / 8}, text_size);
    return printed;
}

}  // namespace frames
