#include "scanner/qr_text.hpp"

#include <zint.h>

#include <memory>

namespace scanner {
namespace {

constexpr int kQuietZone = 4;  // modules, ISO/IEC 18004 §5.3.8
constexpr int kLowCorrection = 1;

}  // namespace

Result<std::string> qr_text(const std::string& text) {
    const std::unique_ptr<zint_symbol, void (*)(zint_symbol*)> symbol(ZBarcode_Create(),
                                                                      ZBarcode_Delete);
    symbol->symbology = BARCODE_QRCODE;
    symbol->option_1 = kLowCorrection;
    if (ZBarcode_Encode(symbol.get(), reinterpret_cast<const unsigned char*>(text.data()),
                        static_cast<int>(text.size())) >= ZINT_ERROR)
        return fail(ErrorKind::InvalidInput, "too long for a QR code");
    const auto is_light = [&](int row, int column) {
        if (row < 0 || column < 0 || row >= symbol->rows || column >= symbol->width) return true;
        return ((symbol->encoded_data[row][column / 8] >> (column % 8)) & 1) == 0;
    };
    std::string lines;
    for (int row = -kQuietZone; row < symbol->rows + kQuietZone; row += 2) {
        for (int column = -kQuietZone; column < symbol->width + kQuietZone; ++column) {
            const bool upper = is_light(row, column), lower = is_light(row + 1, column);
            lines += upper && lower ? "█" : upper ? "▀" : lower ? "▄" : " ";
        }
        lines += '\n';
    }
    return lines;
}

}  // namespace scanner
