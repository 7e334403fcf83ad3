// A receiving dock on a database in memory, and codes as the scanner hands them over.
#pragma once

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "app/application.hpp"
#include "support/shop.hpp"

using Codes = std::vector<std::pair<std::string, std::string>>;

inline scanner::Symbol symbol(const std::string& id, const std::string& text) {
    scanner::Symbol made;
    made.symbology_id = id;
    made.text = text;
    made.bytes.assign(text.begin(), text.end());
    return made;
}

inline scanner::Reading reading(const Codes& codes) {
    scanner::Reading reading;
    for (const auto& [id, text] : codes) {
        reading.fresh.push_back(reading.symbols.size());
        reading.symbols.push_back(symbol(id, text));
    }
    return reading;
}

// A symbol that stands somewhere in the frame, turned by `degrees`.
inline scanner::Symbol placed(const std::string& text, float x, float y, float width, float height,
                              float degrees = 0) {
    scanner::Symbol made = symbol("]C0", text);
    const float turn = degrees * 3.14159265F / 180;
    const auto corner = [&](float dx, float dy) {
        return scanner::Point{x + dx * std::cos(turn) - dy * std::sin(turn),
                              y + dx * std::sin(turn) + dy * std::cos(turn)};
    };
    made.corners = {corner(0, 0), corner(width, 0), corner(width, height), corner(0, height)};
    return made;
}

struct Dock {
    std::shared_ptr<base::Moment> now;
    app::Application application;

    explicit Dock(Shop shop = Shop(), const std::string& variant = "ROUTER-X")
        : now(shop.now),
          application(std::move(shop.store), {"Alex", "MAIN", "A-03"}, "Dock 1",
                      [moment = shop.now] { return *moment; }) {
        ask(app::SetReceiveContext{variant, "", "MAIN", "A-03"});
    }
    std::shared_ptr<const app::State> ask(const app::Command& command) {
        return application.handle(command);
    }
    std::shared_ptr<const app::State> scan(const Codes& codes) {
        return ask(app::Scanned{reading(codes)});
    }
};

inline Shop shop_with(const std::vector<std::string>& serials) {
    Shop shop;
    for (const std::string& serial : serials) Shop::must(shop.receive(serial));
    return shop;
}
