// Comma-separated values (RFC 4180): reading and writing one record at a time, so that a file of
// any size needs the memory of one record. Text stays text, also where it looks like a number.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace exchange {

using CsvRecord = std::vector<std::string>;

inline constexpr std::size_t kCsvRecordBytesMax = std::size_t{1024} * 1024;

class CsvReader {
 public:
    // The separator is told from the first line: comma, semicolon or tab, whichever is there most.
    // A byte order mark is passed over.
    explicit CsvReader(std::istream& stream) : stream_(stream) {}

    // The next record; nothing at the end. Empty lines are passed over. InvalidInput: a quote that
    // is never closed, or a record of more than kCsvRecordBytesMax.
    Result<std::optional<CsvRecord>> next();

    // The line in which the last record began, from 1.
    [[nodiscard]] std::int64_t line() const { return record_line_; }

 private:
    void begin();
    Result<bool> read_record(CsvRecord& record);
    Result<bool> read_quoted(std::string& field);

    std::istream& stream_;
    char separator_ = ',';
    bool begun_ = false;
    std::int64_t line_ = 1;
    std::int64_t record_line_ = 0;
    std::size_t bytes_ = 0;  // of the record being read
};

// One line with its end (CRLF), fields quoted where they must be.
std::string csv_line(const CsvRecord& record);

}  // namespace exchange
