#include "scanner/sticker.hpp"

#include <zint.h>

#include <algorithm>
#include <memory>
#include <opencv2/imgproc.hpp>

#include "scanner/typeface.hpp"

namespace scanner {
namespace {

// Sizes in pixels at scale 1.
constexpr int kMargin = 30;
constexpr int kTitleHeight = 38;
constexpr int kCaptionHeight = 30;
constexpr int kGap = 40;  // between text and symbol: the quiet zone and more
constexpr int kBarHeight = 130;
constexpr int kLinearWidth = 600;  // the symbol's, at most
constexpr int kMatrixWidth = 190;
constexpr int kPaperWidthMin = 430;
constexpr int kPaper = 246;
constexpr int kInk = 28;

using Zint = std::unique_ptr<zint_symbol, void (*)(zint_symbol*)>;

bool has_brackets(const std::string& text) { return text.starts_with('('); }

int zint_symbology(Symbology symbology) {
    if (symbology == Symbology::QRCode) return BARCODE_QRCODE;
    if (symbology == Symbology::DataMatrix) return BARCODE_DATAMATRIX;
    return BARCODE_CODE128;
}

Result<Zint> encode(const SimulatedLabel& label) {
    Zint symbol(ZBarcode_Create(), ZBarcode_Delete);
    symbol->symbology = zint_symbology(label.symbology);
    symbol->input_mode = UNICODE_MODE;
    if (label.symbology == Symbology::DataMatrix) {
        symbol->option_3 = DM_SQUARE;
        if (has_brackets(label.text)) symbol->input_mode = GS1_MODE | GS1PARENS_MODE;
    }
    const auto* text = reinterpret_cast<const unsigned char*>(label.text.data());
    if (ZBarcode_Encode(symbol.get(), text, static_cast<int>(label.text.size())) >= ZINT_ERROR)
        return fail(ErrorKind::InvalidInput, "“" + label.text + "” does not fit a " +
                                                 std::string(name(label.symbology)) + " (" +
                                                 symbol->errtxt + ")");
    return symbol;
}

bool is_dark(const zint_symbol& symbol, int row, int column) {
    return ((symbol.encoded_data[row][column / 8] >> (column % 8)) & 1) != 0;
}

cv::Mat draw_modules(const zint_symbol& symbol, bool linear, double scale) {
    const int room = cvRound((linear ? kLinearWidth : kMatrixWidth) * scale);
    const int module = std::max(1, room / std::max(symbol.width, 1));
    const int height = linear ? cvRound(kBarHeight * scale) : module * symbol.rows;
    const int row_height = std::max(1, height / std::max(symbol.rows, 1));
    cv::Mat picture(row_height * symbol.rows, module * symbol.width, CV_8UC1, cv::Scalar(kPaper));
    for (int row = 0; row < symbol.rows; ++row)
        for (int column = 0; column < symbol.width; ++column)
            if (is_dark(symbol, row, column))
                picture(cv::Rect(column * module, row * row_height, module, row_height)) = kInk;
    return picture;
}

void print_text(cv::Mat& paper, const cv::Mat& text, cv::Point at) {
    const cv::Rect wanted(at, text.size());
    const cv::Rect seen = wanted & cv::Rect(0, 0, paper.cols, paper.rows);
    if (seen.empty()) return;
    cv::Mat target = paper(seen);
    for (int y = 0; y < seen.height; ++y)
        for (int x = 0; x < seen.width; ++x) {
            const int ink = text.at<std::uint8_t>(y, x);
            auto& pixel = target.at<std::uint8_t>(y, x);
            pixel = static_cast<std::uint8_t>((pixel * (255 - ink) + kInk * ink) / 255);
        }
}

}  // namespace

Result<cv::Mat> render_sticker(const SimulatedLabel& label, double scale) {
    auto symbol = encode(label);
    if (!symbol) return fail(std::move(symbol.error()));
    const auto size = [scale](int pixels) { return cvRound(pixels * scale); };
    const cv::Mat modules = draw_modules(**symbol, is_linear(label.symbology), scale);
    const cv::Mat title = render_text(label.title, {size(kTitleHeight), Weight::Bold});
    const cv::Mat caption = render_text(label.caption, {size(kCaptionHeight), Weight::Regular});
    const int inner =
        std::max({modules.cols, title.cols, caption.cols, size(kPaperWidthMin - 2 * kMargin)});
    const int symbol_top = size(kMargin + kTitleHeight + kGap);
    const int caption_top = symbol_top + modules.rows + size(kGap);
    cv::Mat paper(caption_top + size(kCaptionHeight + kMargin), inner + 2 * size(kMargin), CV_8UC1,
                  cv::Scalar(kPaper));
    print_text(paper, title, {(paper.cols - title.cols) / 2, size(kMargin)});
    modules.copyTo(
        paper(cv::Rect((paper.cols - modules.cols) / 2, symbol_top, modules.cols, modules.rows)));
    print_text(paper, caption, {(paper.cols - caption.cols) / 2, caption_top});
    return paper;
}

}  // namespace scanner
