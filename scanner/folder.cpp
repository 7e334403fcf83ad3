#include "scanner/folder.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "scanner/still.hpp"

namespace scanner {
namespace {

namespace fs = std::filesystem;

class PictureSource final : public FrameSource {
 public:
    explicit PictureSource(std::vector<std::string> paths) : paths_(std::move(paths)) {}

    Result<std::optional<Frame>> next() override {
        if (at_ == paths_.size()) return std::optional<Frame>();
        auto frame = load_picture(paths_[at_++]);
        if (!frame) return fail(std::move(frame.error()));
        frame->number = at_;
        frame->still = true;
        return std::optional<Frame>(std::move(*frame));
    }

 private:
    std::vector<std::string> paths_;
    std::size_t at_ = 0;
};

}  // namespace

Result<std::vector<std::string>> pictures_in(const std::string& folder) {
    std::vector<std::string> paths;
    std::error_code error;
    fs::directory_iterator entry(folder, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        std::error_code ignored;  // a name that cannot be asked about is no picture
        const std::string path = entry->path().string();
        if (entry->is_regular_file(ignored) && is_picture_file(path)) paths.push_back(path);
    }
    if (error)
        return fail(ErrorKind::InvalidInput,
                    "The folder “" + folder + "” cannot be read (" + error.message() + ")");
    if (paths.empty())
        return fail(ErrorKind::InvalidInput,
                    "The folder “" + folder + "” holds no PNG, JPEG, WebP or BMP picture");
    std::sort(paths.begin(), paths.end());
    return paths;
}

std::unique_ptr<FrameSource> picture_source(std::vector<std::string> paths) {
    return std::make_unique<PictureSource>(std::move(paths));
}

}  // namespace scanner
