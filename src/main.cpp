#include "cli/cli.hpp"
#include "screenshot.hpp"
#include "station_window.hpp"

int main(int argc, char** argv) {
    return cli::run(
        argc, argv,
        {[](const cli::WindowRequest& request) { return open_window(request); }, take_screenshot});
}
