#include "app/read_label.hpp"

namespace app {

label::Label read_label(const std::vector<scanner::Symbol>& symbols, const base::Moment& now) {
    std::vector<label::Payload> payloads;
    payloads.reserve(symbols.size());
    for (const scanner::Symbol& symbol : symbols)
        payloads.push_back({symbol.symbology_id, symbol.text});
    return label::resolve(payloads, static_cast<int>(base::civil_date(now).year()));
}

}  // namespace app
