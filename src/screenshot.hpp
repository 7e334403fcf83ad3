// `unitrail screenshot`: a screen with real data, drawn without a display.
#pragma once

#include "base/result.hpp"
#include "cli/cli.hpp"

Result<void> take_screenshot(const cli::ScreenshotRequest& request);
