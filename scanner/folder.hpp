// Still pictures as a source: one, or all of a folder in the order of their names.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "scanner/source.hpp"

namespace scanner {

// The pictures in `folder` (not below it), by their content, sorted by name. InvalidInput when
// there are none or the folder cannot be read.
Result<std::vector<std::string>> pictures_in(const std::string& folder);

// Gives one frame a picture, a still one. A damaged picture is an InvalidInput that names it; the
// next call goes on with the picture after it.
std::unique_ptr<FrameSource> picture_source(std::vector<std::string> paths);

}  // namespace scanner
