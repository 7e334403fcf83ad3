// Which reads are believed. A wrong text is worse than none, and the library reads bars into noise:
// linear symbologies have a weak check or none at all. Pure.
#pragma once

#include <vector>

#include "scanner/reader.hpp"

namespace scanner {

// False for a read that must not be reported on any account: empty, or too short for its symbology
// to be told from noise.
bool is_believable(const Read& read);

// False for an ITF whose last digit is no check digit (GS1 General Specifications, 7.9). A part of
// an ITF may look like a whole one, and a label over its end like a quiet zone: without the check,
// any number of looks agree on a text that is too short. A camera does not report it; of a picture
// that somebody chose, it is given.
bool has_sound_check(const Read& read);

// An ITF holds its digits in pairs; nothing tells fewer than four from noise.
constexpr bool can_be_itf_length(std::int64_t digits) {
    return digits % 2 == 0 && digits >= 4 && digits <= 80;
}

// False for an ITF that may be a part of a longer one: a label laid over the rest leaves bars that
// end like a whole symbol, and one such part in ten has a sound check digit too. So a camera
// reports the lengths that are in use (GS1 General Specifications, 5.3, knows one; AIM USS-I 2/5
// asks for fixed ones): an ITF-14 with its check digit, and the other lengths of the list.
bool is_whole(const Read& read, const std::vector<int>& itf_lengths);

// How many looks that share nothing must give the same text before it is reported: one for matrix
// symbologies, which correct their errors; two for linear ones with a check; three for those
// without.
int votes_needed(Symbology symbology);

// … for this symbol. The smallest DataMatrix, of three codewords, finds itself in any texture of
// squares once in some hundred thousand looks: it needs two.
int votes_needed(const Symbol& symbol);

// What the place of a linear symbol could hold instead, itself included: EAN and UPC are one code
// with different checks.
std::vector<Symbology> rivals_of(Symbology symbology);

}  // namespace scanner
