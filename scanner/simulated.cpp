#include "scanner/simulated.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <filesystem>
#include <memory>
#include <numbers>
#include <utility>

#include "scanner/capture.hpp"
#include "scanner/pixels.hpp"
#include "scanner/scene.hpp"
#include "scanner/sticker.hpp"

namespace scanner {
namespace {

namespace fs = std::filesystem;

constexpr double kDesignWidth = 1280;
constexpr double kSlidePart = 0.3;  // of the time between two labels: out, empty, in

// How a hand holds a box: never quite still, never quite straight.
BoxPose pose_held(double seconds, std::size_t label) {
    const double phase = static_cast<double>(label) * 1.7;
    const double wave = 2 * std::numbers::pi * seconds;
    const double tilt = label % 2 == 0 ? -3.0 : 3.5;
    return {0.020 * std::sin(wave / 3.1 + phase), 0.025 * std::sin(wave / 2.3 + phase * 2),
            tilt + 1.2 * std::sin(wave / 2.7 + phase), 0.02 * std::sin(wave / 3.7 + phase)};
}

double eased(double part) { return part * part * (3 - 2 * part); }

int frames_in(double seconds, const SimulatedCamera& camera) {
    return std::max(0, static_cast<int>(std::lround(seconds * camera.frames_per_second)));
}

using Writer = std::unique_ptr<void, void (*)(void*)>;

// The film being made: what to draw and where it goes.
struct Film {
    const SimulatedCamera& camera;
    const CaptureModule& module;
    void* writer;
    Scene scene;
    std::vector<cv::Mat> boxes;
    int frames = 0;

    bool write(const cv::Mat& frame) {
        ++frames;
        return module.write(writer, frame.data);
    }
};

bool film_label(Film& film, std::size_t label) {
    const int count = frames_in(film.camera.seconds_per_label, film.camera);
    for (int i = 0; i < count; ++i) {
        const BoxPose pose = pose_held(i / film.camera.frames_per_second, label);
        if (!film.write(film.scene.draw(film.boxes[label], pose))) return false;
    }
    return true;
}

// The box goes to the left, and the next one comes from the right.
bool film_change(Film& film, std::size_t label) {
    const int count = frames_in(film.camera.seconds_between, film.camera);
    const std::size_t after = (label + 1) % film.boxes.size();
    for (int i = 0; i < count; ++i) {
        const double part = (i + 1.0) / (count + 1.0);
        const bool leaving = part < kSlidePart;
        const bool coming = part > 1 - kSlidePart;
        BoxPose pose =
            coming ? pose_held(0, after) : pose_held(film.camera.seconds_per_label, label);
        pose.x += leaving ? -eased(part / kSlidePart) : coming ? eased((1 - part) / kSlidePart) : 0;
        const cv::Mat nothing;
        const cv::Mat& box = leaving ? film.boxes[label] : coming ? film.boxes[after] : nothing;
        if (!film.write(film.scene.draw(box, pose))) return false;
    }
    return true;
}

tl::unexpected<Error> not_written(const std::string& folder) {
    return fail(ErrorKind::Storage, "The simulated camera cannot write to “" + folder +
                                        "”; check that the folder exists and has room");
}

// The library says nothing of a picture that it could not write, so each is looked for.
bool all_written(const std::string& folder, int frames) {
    int pictures = 0;
    std::error_code error;
    for (fs::directory_iterator at(folder, error); !error && at != fs::directory_iterator();
         at.increment(error))
        if (at->path().extension() == ".jpg" && fs::file_size(at->path(), error) > 0) ++pictures;
    return !error && pictures >= frames;
}

Result<std::vector<cv::Mat>> make_boxes(Scene& scene, const SimulatedCamera& camera,
                                        const std::vector<SimulatedLabel>& labels) {
    std::vector<cv::Mat> boxes;
    for (const SimulatedLabel& label : labels) {
        auto sticker = render_sticker(label, camera.width / kDesignWidth);
        if (!sticker) return fail(std::move(sticker.error()));
        boxes.push_back(scene.make_box(*sticker));
    }
    return boxes;
}

Result<SourceSpec> film_all(const SimulatedCamera& camera,
                            const std::vector<SimulatedLabel>& labels, const std::string& folder) {
    Scene scene(camera.width, camera.height, camera.seed);
    auto boxes = make_boxes(scene, camera, labels);
    if (!boxes) return fail(std::move(boxes.error()));
    auto module = capture_module();
    if (!module) return fail(std::move(module.error()));
    const std::string pattern = (fs::path(folder) / "frame_%04d.jpg").string();
    const Writer writer((*module)->create(pattern.c_str(), camera.width, camera.height),
                        (*module)->finish);
    if (!writer) return not_written(folder);
    Film film{camera, **module, writer.get(), std::move(scene), std::move(*boxes)};
    for (std::size_t label = 0; label < labels.size(); ++label)
        if (!film_label(film, label) || !film_change(film, label)) return not_written(folder);
    if (!all_written(folder, film.frames)) return not_written(folder);
    SourceSpec spec;
    spec.location = pattern;
    spec.frames_per_second = camera.frames_per_second;
    spec.loop = true;
    return spec;
}

Result<Frame> film_one(const SimulatedCamera& camera, const SimulatedLabel& label) {
    Scene scene(camera.width, camera.height, camera.seed);
    auto boxes = make_boxes(scene, camera, {label});
    if (!boxes) return fail(std::move(boxes.error()));
    const cv::Mat picture = scene.draw(boxes->front(), pose_held(camera.seconds_per_label / 2, 0));
    Frame frame;
    frame.number = 1;
    frame.width = picture.cols;
    frame.height = picture.rows;
    Pixels rgba(picture.data, picture.data + picture.total() * picture.elemSize());
    frame.grey = std::make_shared<const Pixels>(grey_of(rgba));
    frame.rgba = std::make_shared<const Pixels>(std::move(rgba));
    frame.captured = std::chrono::steady_clock::now();
    return frame;
}

Result<void> check(const SimulatedCamera& camera, const std::vector<SimulatedLabel>& labels) {
    if (labels.empty())
        return fail(ErrorKind::InvalidInput, "The simulated camera needs a label to show");
    if (camera.width < 160 || camera.height < 120 || camera.width > 4096 || camera.height > 4096 ||
        !(camera.frames_per_second >= 1 && camera.frames_per_second <= 120))
        return fail(
            ErrorKind::InvalidInput,
            "The simulated camera needs 160 × 120 to 4096 × 4096 pixels and 1 to 120 frames "
            "a second");
    return {};
}

tl::unexpected<Error> failed(const std::exception& exception) {
    return fail(ErrorKind::Device,
                std::string("The simulated camera failed (") + exception.what() + ")");
}

}  // namespace

Result<SourceSpec> render_simulated_camera(const SimulatedCamera& camera,
                                           const std::vector<SimulatedLabel>& labels,
                                           const std::string& folder) {
    if (auto good = check(camera, labels); !good) return fail(std::move(good.error()));
    try {
        return film_all(camera, labels, folder);
    } catch (const std::exception& exception) {
        return failed(exception);
    }
}

Result<Frame> render_simulated_frame(const SimulatedCamera& camera, const SimulatedLabel& label) {
    if (auto good = check(camera, {label}); !good) return fail(std::move(good.error()));
    try {
        return film_one(camera, label);
    } catch (const std::exception& exception) {
        return failed(exception);
    }
}

}  // namespace scanner
