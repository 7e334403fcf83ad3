// Without libFuzzer: every file of the corpus as it is, cut, doubled and with changed bytes.
//     fuzz_gs1 FOLDER [ROUNDS [SEED]]
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "fuzz/target.hpp"

namespace {

constexpr std::size_t kSizeMax = 8192;

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(random);
}

// One step away from `bytes`; `other` lends a piece.
std::string changed(std::string bytes, const std::string& other, Random& random) {
    const std::size_t at = below(random, bytes.size() + 1);
    switch (below(random, 5)) {
        case 0: bytes.resize(at); break;
        case 1: bytes.insert(at, 1, static_cast<char>(below(random, 256))); break;
        case 2: bytes.insert(at, other.substr(below(random, other.size() + 1))); break;
        case 3: bytes.erase(at, 1); break;
        case 4:
            if (at < bytes.size()) bytes[at] = static_cast<char>(below(random, 256));
            break;
    }
    if (bytes.size() > kSizeMax) bytes.resize(kSizeMax);
    return bytes;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    std::vector<std::string> corpus;
    for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
        std::ifstream in(entry.path(), std::ios::binary);
        corpus.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    if (corpus.empty()) {
        std::fprintf(stderr, "no corpus in %s\n", argv[1]);
        return 2;
    }
    const long rounds = argc > 2 ? std::atol(argv[2]) : 20000;
    const auto seed = argc > 3 ? static_cast<unsigned>(std::strtoul(argv[3], nullptr, 10))
                               : std::random_device{}();
    std::printf("%zu files, %ld rounds, seed %u\n", corpus.size(), rounds, seed);
    std::fflush(stdout);  // the seed is known even where a round ends the program
    for (const std::string& bytes : corpus) look(bytes);
    Random random(seed);
    std::string bytes;
    for (long round = 0; round < rounds; ++round) {
        if (round % 8 == 0) bytes = corpus[below(random, corpus.size())];
        bytes = changed(std::move(bytes), corpus[below(random, corpus.size())], random);
        look(bytes);
    }
}
