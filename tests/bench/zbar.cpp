#include <zbar.h>

#include <memory>

#include "engines.hpp"

std::vector<std::string> read_by_zbar(const scanner::Frame& frame) {
    using namespace zbar;
    static const std::unique_ptr<zbar_image_scanner_t, void (*)(zbar_image_scanner_t*)> scanner(
        zbar_image_scanner_create(), zbar_image_scanner_destroy);
    const std::unique_ptr<zbar_image_t, void (*)(zbar_image_t*)> image(zbar_image_create(),
                                                                       zbar_image_destroy);
    zbar_image_set_format(image.get(), zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image.get(), static_cast<unsigned>(frame.width),
                        static_cast<unsigned>(frame.height));
    zbar_image_set_data(image.get(), frame.grey->data(), frame.grey->size(), nullptr);
    zbar_scan_image(scanner.get(), image.get());
    std::vector<std::string> texts;
    for (const zbar_symbol_t* symbol = zbar_image_first_symbol(image.get()); symbol != nullptr;
         symbol = zbar_symbol_next(symbol))
        texts.emplace_back(zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol));
    return texts;
}
