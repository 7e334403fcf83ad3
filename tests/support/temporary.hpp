// A folder for one test, gone with it.
#pragma once

#include "base/temporary_folder.hpp"

class TemporaryFolder : public base::TemporaryFolder {
 public:
    TemporaryFolder() : base::TemporaryFolder(make().value()) {}
};
