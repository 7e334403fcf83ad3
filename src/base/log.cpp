#include "base/log.hpp"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/spdlog.h>

namespace base {
namespace {

constexpr std::size_t kLogBytesMax = std::size_t{1024} * 1024;
constexpr std::size_t kOlderLogs = 2;
constexpr const char* kLogger = "unitrail";

void log(spdlog::level::level_enum level, const std::string& line) {
    if (const auto logger = spdlog::get(kLogger)) logger->log(level, line);
}

}  // namespace

Result<void> log_to(const std::string& path) {
    try {
        const auto logger = spdlog::rotating_logger_mt(kLogger, path, kLogBytesMax, kOlderLogs);
        logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %L %v");
        logger->flush_on(spdlog::level::info);
        return {};
    } catch (const spdlog::spdlog_ex& error) {
        return fail(ErrorKind::Storage, "no log is written: " + std::string(error.what()));
    }
}

void log_info(const std::string& line) { log(spdlog::level::info, line); }
void log_error(const std::string& line) { log(spdlog::level::err, line); }

}  // namespace base
