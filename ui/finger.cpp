#include "ui/finger.hpp"

#include <imgui.h>

#include "ui/imgui_compat.hpp"
#include "ui/text_layout.hpp"

namespace ui {
namespace {

using Byte = unsigned char;

char32_t decode(std::string_view character) {
    const auto first = static_cast<Byte>(character[0]);
    if (character.size() == 1) return first;
    char32_t code = first & (0xFFU >> (character.size() + 1));
    for (const char c : character.substr(1)) code = code << 6U | (static_cast<Byte>(c) & 0x3FU);
    return code;
}

}  // namespace

void Finger::tap(const Box& box) {
    const float x = box.middle_x();
    const float y = box.middle_y();
    moves_.push_back({Move::Kind::Point, x, y});
    moves_.push_back({Move::Kind::Down, x, y});
    moves_.push_back({Move::Kind::Rest, x, y});
    moves_.push_back({Move::Kind::Up, x, y});
    moves_.push_back({Move::Kind::Rest, x, y});
}

void Finger::point(const Box& box) {
    moves_.push_back({Move::Kind::Point, box.middle_x(), box.middle_y()});
    moves_.push_back({Move::Kind::Rest});
}

void Finger::type(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view character = text.substr(at, character_size(text, at));
        at += character.size();
        if (character == "\n") {
            moves_.push_back({Move::Kind::EnterDown});
            moves_.push_back({Move::Kind::EnterUp});
        } else {
            moves_.push_back({Move::Kind::Character, 0, 0, decode(character)});
        }
    }
    moves_.push_back({Move::Kind::Rest});
}

void Finger::wheel(float lines) { moves_.push_back({Move::Kind::Wheel, 0, lines}); }

void Finger::drag(float from_x, float from_y, float to_x, float to_y) {
    constexpr int kParts = 6;
    moves_.push_back({Move::Kind::Point, from_x, from_y});
    moves_.push_back({Move::Kind::Down});
    for (int i = 1; i <= kParts; ++i) {
        const float share = static_cast<float>(i) / kParts;
        moves_.push_back({Move::Kind::Point, from_x + (to_x - from_x) * share,
                          from_y + (to_y - from_y) * share});
    }
    moves_.push_back({Move::Kind::Up});
    moves_.push_back({Move::Kind::Rest});
}

void Finger::apply(ImGuiIO& io) {
    if (!moves_.empty()) {
        const Move move = moves_.front();
        moves_.pop_front();
        switch (move.kind) {
            case Move::Kind::Point: x_ = move.x, y_ = move.y; break;
            case Move::Kind::Down: down_ = true; break;
            case Move::Kind::Up: down_ = false; break;
            case Move::Kind::Character:
                io.AddInputCharacter(static_cast<unsigned int>(move.character));
                break;
            case Move::Kind::EnterDown: compat::press_key(io, ImGuiKey_Enter, true); break;
            case Move::Kind::EnterUp: compat::press_key(io, ImGuiKey_Enter, false); break;
            case Move::Kind::Wheel: compat::turn_wheel(io, move.y); break;
            case Move::Kind::Rest: break;
        }
    }
    // A device keeps its position and button: say both every frame.
    if (x_ >= 0) compat::move_pointer(io, x_, y_);
    compat::press_pointer(io, down_);
}

}  // namespace ui
