// The events of one or several registrations as a graph: who saw what, and the unit's state in any
// set of events that holds its own past. Internal to src/journal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "inventory/serial_number.hpp"
#include "inventory/unit.hpp"
#include "journal/event.hpp"
#include "journal/fields.hpp"

namespace journal {

// A set of small numbers.
class Bits {
 public:
    explicit Bits(std::size_t size = 0) : words_((size + 63) / 64) {}
    [[nodiscard]] bool has(std::size_t i) const { return ((words_[i / 64] >> (i % 64)) & 1U) != 0; }
    void add(std::size_t i) { words_[i / 64] |= std::uint64_t{1} << (i % 64); }
    void remove(std::size_t i) { words_[i / 64] &= ~(std::uint64_t{1} << (i % 64)); }
    void add(const Bits& other) {
        for (std::size_t w = 0; w < words_.size(); ++w) words_[w] |= other.words_[w];
    }

 private:
    std::vector<std::uint64_t> words_;
};

class Dag {
 public:
    explicit Dag(std::span<const Event> events);

    [[nodiscard]] std::size_t size() const { return events_.size(); }
    [[nodiscard]] const Event& event(std::size_t i) const { return events_[i]; }
    [[nodiscard]] bool saw(std::size_t later, std::size_t earlier) const {
        return past_[later].has(earlier);
    }
    [[nodiscard]] bool concurrent(std::size_t a, std::size_t b) const {
        return a != b && !saw(a, b) && !saw(b, a);
    }
    [[nodiscard]] bool allowed(std::size_t i) const { return refusals_[i].empty(); }
    [[nodiscard]] const std::string& refusal(std::size_t i) const { return refusals_[i]; }
    [[nodiscard]] const std::vector<Write>& writes(std::size_t i) const { return writes_[i]; }
    [[nodiscard]] std::optional<std::size_t> undoes(std::size_t i) const { return targets_[i]; }
    [[nodiscard]] std::vector<std::size_t> tips() const;

    [[nodiscard]] Bits everything() const;
    [[nodiscard]] Bits without_what_saw(std::size_t i) const;  // …and without `i`

    // Whether the event's effect stands in `set`: it was allowed and not undone.
    [[nodiscard]] bool stands(std::size_t i, const Bits& set) const;

    // The unit of the registrations `lineages` (all when nothing) in `set`.
    [[nodiscard]] std::optional<inventory::Unit> state(const Bits& set,
                                                       const Bits* lineages = nullptr) const;

    // Registrations, by their index; and the serial that each goes under in `set`.
    [[nodiscard]] const std::vector<std::size_t>& registrations() const { return registrations_; }
    [[nodiscard]] inventory::SerialNumber serial_of(std::size_t registration,
                                                    const Bits& set) const;
    [[nodiscard]] std::optional<std::size_t> registration_of(std::size_t i) const {
        return registration_[i];
    }

 private:
    void link();
    void examine(std::size_t i);
    [[nodiscard]] std::string refusal_of(std::size_t i) const;
    [[nodiscard]] bool is_taken_back(std::size_t i, const Bits& set) const;
    [[nodiscard]] bool is_used_beside(std::size_t undo, const Bits& set) const;
    [[nodiscard]] std::vector<std::size_t> latest_writers(Field field, const Bits& set,
                                                          const Bits* lineages) const;
    [[nodiscard]] bool wins(std::size_t a, std::size_t b, Field field) const;
    [[nodiscard]] bool concerns(std::size_t i, std::size_t registration) const;
    [[nodiscard]] bool gives_serial(std::size_t i, std::size_t registration, const Bits& set) const;

    std::span<const Event> events_;
    std::vector<Bits> past_;
    std::vector<int> depth_;
    std::vector<std::vector<std::size_t>> parents_;
    std::vector<std::optional<std::size_t>> registration_;
    std::vector<std::size_t> registrations_;
    std::vector<std::optional<std::size_t>> targets_;  // of undos
    std::vector<std::vector<std::size_t>> undos_;      // of what they undo
    std::vector<std::vector<Write>> writes_;
    std::vector<std::string> refusals_;
    std::vector<Bits> joined_;  // registrations that were one unit for the event's author
};

}  // namespace journal
