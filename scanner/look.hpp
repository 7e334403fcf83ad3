// A look: a part of a frame, at another size or sharper, handed to the library as a whole picture.
#pragma once

#include <vector>

#include "scanner/reader.hpp"
#include "scanner/regions.hpp"

namespace scanner {

struct Look {
    double scale = 1;      // 2 = enlarged twice
    bool sharpen = false;  // brings out bars that defocus has washed together
    bool framed = false;   // with white paper around: a symbol that fills the picture
};

inline bool operator==(const Look& a, const Look& b) {
    return a.scale == b.scale && a.sharpen == b.sharpen && a.framed == b.framed;
}

// Everything the library reads in this look at `region`, with corners in pixels of the frame.
std::vector<Read> read_look(const GreyView& frame, const Region& region, const Look& look,
                            const ReadPass& pass);

// Whether another, independent look at its place gives the same code, and none gives another one:
// then one of the two is wrong, and nobody knows which.
bool is_confirmed(const GreyView& frame, const Read& first, const Look& seen_in);

// Whether the two lie at the same place of the frame.
bool overlap(const Symbol& a, const Symbol& b);

Point middle_of(const Symbol& symbol);

// Whether the place lies on the symbol, or rather in the upright box around it.
bool covers(const Symbol& symbol, Point place);

}  // namespace scanner
