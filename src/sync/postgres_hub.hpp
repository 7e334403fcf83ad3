// PostgreSQL as hub: the functions of hub.sql, called by the device's own role.
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "sync/enrolment.hpp"
#include "sync/hub.hpp"
#include "sync/postgres.hpp"

namespace syncing {

// Connects as the device that `enrolment`, read for that database file, says.
Result<std::unique_ptr<Hub>> connect_hub(const Enrolment& enrolment, const std::string& database,
                                         Waiting waiting);

}  // namespace syncing
