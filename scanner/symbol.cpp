#include "scanner/symbol.hpp"

namespace scanner {
namespace {

struct Row {
    std::string_view name;
    Symbology symbology;
    bool linear;
};

constexpr Row kRows[] = {
    {"Code128", Symbology::Code128, true},
    {"Code39", Symbology::Code39, true},
    {"Code93", Symbology::Code93, true},
    {"ITF", Symbology::ITF, true},
    {"Codabar", Symbology::Codabar, true},
    {"EAN13", Symbology::EAN13, true},
    {"EAN8", Symbology::EAN8, true},
    {"UPCA", Symbology::UPCA, true},
    {"UPCE", Symbology::UPCE, true},
    {"DataBar", Symbology::DataBar, true},
    {"DataMatrix", Symbology::DataMatrix, false},
    {"QRCode", Symbology::QRCode, false},
    {"MicroQRCode", Symbology::MicroQRCode, false},
    {"Aztec", Symbology::Aztec, false},
    {"PDF417", Symbology::PDF417, false},
};

// The table is indexed by the enum; a row in the wrong place would give a wrong name.
constexpr bool rows_in_order() {
    std::size_t at = 0;
    for (const Row& row : kRows)
        if (static_cast<std::size_t>(row.symbology) != at++) return false;
    return at == std::size(kAllSymbologies);
}
static_assert(rows_in_order());

const Row& row_of(Symbology symbology) { return kRows[static_cast<std::size_t>(symbology)]; }

}  // namespace

std::string_view name(Symbology symbology) { return row_of(symbology).name; }

std::optional<Symbology> symbology_named(std::string_view name) {
    for (const Row& row : kRows)
        if (row.name == name) return row.symbology;
    return std::nullopt;
}

bool is_linear(Symbology symbology) { return row_of(symbology).linear; }

}  // namespace scanner
