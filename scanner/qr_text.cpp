#include "scanner/qr_text.hpp"

#include <zint.h>

#include <memory>

namespace scanner {
namespace {

constexpr int kQuietZone = 4;  // modules, ISO/IEC 18004 §5.3.8
constexpr int kLowCorrection = 1;

}  // namespace

Result<QrModules> qr_modules(const std::string& bytes) {
    const std::unique_ptr<zint_symbol, void (*)(zint_symbol*)> symbol(ZBarcode_Create(),
                                                                      ZBarcode_Delete);
    symbol->symbology = BARCODE_QRCODE;
    symbol->option_1 = kLowCorrection;
    if (ZBarcode_Encode(symbol.get(), reinterpret_cast<const unsigned char*>(bytes.data()),
                        static_cast<int>(bytes.size())) >= ZINT_ERROR)
        return fail(ErrorKind::InvalidInput, "too long for a QR code");
    QrModules modules;
    modules.size = symbol->width;
    for (int row = 0; row < symbol->rows; ++row)
        for (int column = 0; column < symbol->width; ++column)
            modules.dark.push_back(((symbol->encoded_data[row][column / 8] >> (column % 8)) & 1) !=
                                   0);
    return modules;
}

Result<std::string> qr_text(const std::string& text) {
    const auto modules = qr_modules(text);
    if (!modules) return fail(modules.error());
    const int size = modules->size;
    const auto is_light = [&](int row, int column) {
        if (row < 0 || column < 0 || row >= size || column >= size) return true;
        return !modules->dark[static_cast<std::size_t>(row * size + column)];
    };
    std::string lines;
    for (int row = -kQuietZone; row < size + kQuietZone; row += 2) {
        for (int column = -kQuietZone; column < size + kQuietZone; ++column) {
            const bool upper = is_light(row, column), lower = is_light(row + 1, column);
            lines += upper && lower ? "█" : upper ? "▀" : lower ? "▄" : " ";
        }
        lines += '\n';
    }
    return lines;
}

}  // namespace scanner
