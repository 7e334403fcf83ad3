#include "exchange/csv.hpp"

#include <algorithm>
#include <istream>

namespace exchange {
namespace {

constexpr int kEnd = std::istream::traits_type::eof();

}  // namespace

void CsvReader::begin() {
    begun_ = true;
    const auto start = stream_.tellg();
    std::string first;
    char c = 0;
    while (first.size() < kCsvRecordBytesMax && stream_.get(c) && c != '\n') first += c;
    stream_.clear();
    const bool marked = first.starts_with("\xEF\xBB\xBF");
    stream_.seekg(start + std::istream::off_type{marked ? 3 : 0});
    for (const char candidate : {';', '\t'})
        if (std::ranges::count(first, candidate) > std::ranges::count(first, separator_))
            separator_ = candidate;
}

Result<bool> CsvReader::read_quoted(std::string& field) {
    for (;;) {
        const int c = stream_.get();
        if (c == kEnd)
            return fail(ErrorKind::InvalidInput, "line " + std::to_string(record_line_) +
                                                     ": a quote is opened and never closed");
        if (++bytes_ > kCsvRecordBytesMax)
            return fail(ErrorKind::InvalidInput, "line " + std::to_string(record_line_) +
                                                     ": a record is longer than 1 MiB; is a quote "
                                                     "missing?");
        if (c == '\n') ++line_;
        if (c != '"') {
            field += static_cast<char>(c);
        } else if (stream_.peek() == '"') {
            field += static_cast<char>(stream_.get());
        } else {
            return true;
        }
    }
}

// False at the end of the file.
Result<bool> CsvReader::read_record(CsvRecord& record) {
    record.assign(1, "");
    bytes_ = 0;
    record_line_ = line_;
    if (stream_.peek() == kEnd) return false;
    for (;;) {
        const int c = stream_.get();
        if (c == kEnd) return true;
        if (++bytes_ > kCsvRecordBytesMax)
            return fail(ErrorKind::InvalidInput,
                        "line " + std::to_string(record_line_) + ": a line is longer than 1 MiB");
        std::string& field = record.back();
        if (c == '"' && field.empty()) {
            if (auto read = read_quoted(field); !read) return read;
        } else if (c == separator_) {
            record.emplace_back();
        } else if (c == '\n') {
            ++line_;
            return true;
        } else if (c != '\r' || stream_.peek() != '\n') {
            field += static_cast<char>(c);
        }
    }
}

Result<std::optional<CsvRecord>> CsvReader::next() {
    if (!begun_) begin();
    CsvRecord record;
    for (;;) {
        const auto read = read_record(record);
        if (!read) return fail(read.error());
        if (!*read) return std::optional<CsvRecord>();
        if (record.size() > 1 || !record.front().empty()) return std::optional(std::move(record));
    }
}

std::string csv_line(const CsvRecord& record) {
    std::string line;
    for (const std::string& field : record) {
        if (&field != &record.front()) line += ',';
        const bool plain = field.find_first_of(",;\t\"\r\n") == std::string::npos &&
                           (field.empty() || (field.front() != ' ' && field.back() != ' '));
        if (plain) {
            line += field;
            continue;
        }
        line += '"';
        for (const char c : field) line += c == '"' ? std::string("\"\"") : std::string(1, c);
        line += '"';
    }
    return line + "\r\n";
}

}  // namespace exchange
