#define ZX_USE_UTF8 1
#include "engines.hpp"

#include <ZXing/ReadBarcode.h>
#include "scanner/decoder.hpp"

namespace {

using Texts = std::vector<std::string>;

Texts plain(const scanner::Frame& frame, ZXing::BarcodeFormats formats) {
    const ZXing::ImageView image(frame.grey->data(), frame.width, frame.height,
                                 ZXing::ImageFormat::Lum);
    ZXing::DecodeHints hints;
    hints.setFormats(formats);
    Texts texts;
    for (const auto& barcode : ZXing::ReadBarcodes(image, hints))
        if (barcode.isValid()) texts.push_back(barcode.text());
    return texts;
}

ZXing::BarcodeFormats formats_of(const std::vector<scanner::Symbology>& needed) {
    ZXing::BarcodeFormats formats;
    for (const auto symbology : needed)
        formats |= ZXing::BarcodeFormatFromString(std::string(scanner::name(symbology)));
    return formats;
}

Texts ours(const scanner::Frame& frame, const std::vector<scanner::Symbology>& needed,
           scanner::Effort effort) {
    Texts texts;
    for (const auto& symbol : scanner::decode(frame, {{needed}, effort}))
        texts.push_back(symbol.text);
    return texts;
}

}  // namespace

std::vector<Engine> engines(const std::vector<scanner::Symbology>& needed) {
    std::vector<Engine> all{
        {"ZXing all", [](const auto& frame) { return plain(frame, {}); }},
        {"ZXing needed",
         [formats = formats_of(needed)](const auto& frame) { return plain(frame, formats); }},
    };
#ifdef UNITRAIL_ZBAR
    all.push_back({"ZBar", read_by_zbar});
#endif
    all.push_back({"ours live", [needed](const auto& frame) {
                       return ours(frame, needed, scanner::Effort::Live);
                   }});
    all.push_back({"ours full", [needed](const auto& frame) {
                       return ours(frame, needed, scanner::Effort::Full);
                   }});
    return all;
}
