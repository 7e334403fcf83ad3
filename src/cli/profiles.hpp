// The label profile of a variant, for the subcommands that read labels. Internal to src/cli.
#pragma once

#include <string>

#include "label/profile.hpp"
#include "store/store.hpp"

namespace cli {

// NotFound when the variant has none.
Result<label::Profile> profile_of(store::Store& store, const std::string& sku);

}  // namespace cli
