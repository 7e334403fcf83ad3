// JSON as vendors print it: one object, its keys and words with quotes or without.
#include "label/characters.hpp"
#include "label/vendor.hpp"

namespace label {
namespace {

constexpr int kDepthMax = 4;
constexpr std::size_t kMembersMax = 64;

// Models of InvenTree, whose codes name its own rows: {"stockitem": 437}.
constexpr std::string_view kInvenTreeModels[] = {
    "stockitem",  "stocklocation", "part",  "supplierpart", "manufacturerpart",  "purchaseorder",
    "salesorder", "returnorder",   "build", "company",      "salesordershipment"};

class Reader {
 public:
    Reader(std::string_view text, Parsed& parsed, int century_of)
        : text_(text), parsed_(parsed), century_of_(century_of) {}

    // Reads the members of an object whose brace was taken; false where the text breaks off.
    bool read_members(int depth) {
        for (;;) {
            skip_blanks();
            if (take('}')) return true;
            if (text_.empty()) return false;
            const std::string key = read_word(":");
            skip_blanks();
            if (!take(':') || ++members_ > kMembersMax) return false;
            if (!read_value(key, depth)) return false;
            skip_blanks();
            if (take(',')) continue;
            return take('}');
        }
    }

    [[nodiscard]] std::string_view left() const { return text_; }
    [[nodiscard]] std::size_t members() const { return members_; }
    // Of the only member, when it was a bare number.
    [[nodiscard]] bool was_number() const { return was_number_; }
    [[nodiscard]] const std::string& last_key() const { return last_key_; }
    [[nodiscard]] const std::string& last_value() const { return last_value_; }
    [[nodiscard]] bool knew_a_key() const { return knew_a_key_; }

 private:
    void skip_blanks() {
        while (!text_.empty() && is_blank(text_.front())) text_.remove_prefix(1);
    }

    bool take(char c) {
        if (text_.empty() || text_.front() != c) return false;
        text_.remove_prefix(1);
        return true;
    }

    void append_escape(std::string& word) {
        const char c = text_.front();
        text_.remove_prefix(1);
        if (c == 'n' || c == 'r' || c == 't') {
            word += ' ';
        } else if (c == 'u' && text_.size() >= 4) {
            unsigned code = 0;
            for (const char digit : text_.substr(0, 4))
                code = code * 16 + static_cast<unsigned>(std::max(hex_value(digit), 0));
            text_.remove_prefix(4);
            append_utf8(word, code);
        } else {
            word += c;
        }
    }

    // Half of a surrogate pair names no character and is left as "?".
    static void append_utf8(std::string& word, unsigned code) {
        if (code < 0x80) {
            word += static_cast<char>(code);
        } else if (code < 0x800) {
            word += static_cast<char>(0xC0 | (code >> 6));
            word += static_cast<char>(0x80 | (code & 0x3F));
        } else if (code < 0xD800 || code > 0xDFFF) {
            word += static_cast<char>(0xE0 | (code >> 12));
            word += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
            word += static_cast<char>(0x80 | (code & 0x3F));
        } else {
            word += '?';
        }
    }

    // In quotes, or up to one of `ends`.
    std::string read_word(std::string_view ends) {
        std::string word;
        quoted_ = !text_.empty() && (text_.front() == '"' || text_.front() == '\'');
        if (!quoted_) {
            const std::string_view bare = text_.substr(0, text_.find_first_of(ends));
            text_.remove_prefix(bare.size());
            return std::string(stripped(bare));
        }
        const char quote = text_.front();
        text_.remove_prefix(1);
        while (!text_.empty() && text_.front() != quote) {
            const char c = text_.front();
            text_.remove_prefix(1);
            if (c == '\\' && !text_.empty())
                append_escape(word);
            else
                word += c;
        }
        take(quote);
        return word;
    }

    bool read_value(const std::string& key, int depth) {
        skip_blanks();
        if (take('{')) return depth < kDepthMax && read_members(depth + 1);
        if (take('[')) return read_list(key, depth);
        const std::string value = read_word(",}]");
        was_number_ = !quoted_ && all_digits(value);
        last_key_ = key;
        last_value_ = value;
        if (value == "null" && !quoted_) return true;
        knew_a_key_ = knew_a_key_ || (key.size() > 1 && is_known_key(key));
        add_pair(parsed_, key, value, century_of_);
        return true;
    }

    bool read_list(const std::string& key, int depth) {
        for (;;) {
            skip_blanks();
            if (take(']')) return true;
            if (text_.empty() || ++members_ > kMembersMax || depth >= kDepthMax) return false;
            if (!read_value(key, depth + 1)) return false;
            skip_blanks();
            if (!take(',')) return take(']');
        }
    }

    std::string_view text_;
    Parsed& parsed_;
    int century_of_;
    std::size_t members_ = 0;
    bool quoted_ = false, was_number_ = false, knew_a_key_ = false;
    std::string last_key_, last_value_;
};

}  // namespace

std::optional<Parsed> parse_json(std::string_view text, int century_of) {
    if (!text.starts_with('{')) return std::nullopt;
    Parsed parsed;
    parsed.family = Family::Json;
    Reader reader(text.substr(1), parsed, century_of);
    const bool whole = reader.read_members(0);
    // Braces around a plain code, as in "{GS}", make no object.
    if (reader.members() == 0 || (!whole && !reader.knew_a_key())) return std::nullopt;
    if (!whole) {
        parsed.warnings.emplace_back("the JSON breaks off");
        parsed.rest += reader.left();
    }
    if (reader.members() == 1 && reader.was_number())
        for (const std::string_view model : kInvenTreeModels)
            if (reader.last_key() == model) {
                parsed.fields = {{FieldName::ForeignKey,
                                  "inventree " + reader.last_key() + " " + reader.last_value(),
                                  reader.last_key()}};
                parsed.warnings.emplace_back("this is the key of another system, InvenTree");
            }
    return parsed;
}

}  // namespace label
