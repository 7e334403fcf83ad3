#include "scanner/symbol.hpp"

namespace scanner {
namespace {

struct Row {
    Symbology symbology;
    std::string_view name;
    bool linear;
};

constexpr Row kRows[] = {
    {Symbology::Code128, "Code128", true},
    {Symbology::Code39, "Code39", true},
    {Symbology::Code93, "Code93", true},
    {Symbology::ITF, "ITF", true},
    {Symbology::Codabar, "Codabar", true},
    {Symbology::EAN13, "EAN13", true},
    {Symbology::EAN8, "EAN8", true},
    {Symbology::UPCA, "UPCA", true},
    {Symbology::UPCE, "UPCE", true},
    {Symbology::DataBar, "DataBar", true},
    {Symbology::DataMatrix, "DataMatrix", false},
    {Symbology::QRCode, "QRCode", false},
    {Symbology::MicroQRCode, "MicroQRCode", false},
    {Symbology::Aztec, "Aztec", false},
    {Symbology::PDF417, "PDF417", false},
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
