#include "app/runtime.hpp"

#include <pthread.h>

#include <utility>

#include "base/log.hpp"

namespace app {
namespace {

// Taps and scans come a few a second; this many waiting means that the disk has stopped answering.
constexpr std::size_t kCommandsMax = 64;
constexpr std::chrono::milliseconds kStaleCheck{1000};

}  // namespace

Runtime::Runtime(Application application, std::function<void()> wake, ListReader read_list)
    : application_(std::move(application)),
      wake_(std::move(wake)),
      commands_(kCommandsMax),
      newest_(application_.state()) {
    if (read_list) {
        application_.read_lists_by([this](ListRequest request) { lists_.put(std::move(request)); });
        reader_ = std::jthread([this, read_list = std::move(read_list)](
                                   const std::stop_token& stop) { read_lists(stop, read_list); });
        pthread_setname_np(reader_.native_handle(), "reader");
    }
    stock_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
    pthread_setname_np(stock_.native_handle(), "stock");
}

Runtime::~Runtime() {
    stopping_.request_stop();
    pipeline_.reset();      // no readings any more
    stock_.request_stop();  // what is in the queue is still done
    stock_.join();
    reader_.request_stop();  // nobody asks for lists any more
}

void Runtime::start_scanner(scanner::SourceSpec source, scanner::Wanted wanted) {
    scanner::PipelineOptions options;
    options.source = std::move(source);
    options.wanted = std::move(wanted);
    options.on_reading = [this](scanner::Reading reading) {
        if (!commands_.push(Scanned{std::move(reading)}, stopping_.get_token()))
            base::log_info("a reading was dropped because the program ends");
    };
    options.on_status = [this](scanner::CameraStatus status) {
        base::log_info("camera: " + std::string(name(status.state)) +
                       (status.words.empty() ? "" : ", " + status.words));
        if (!commands_.push(CameraChanged{std::move(status)}, stopping_.get_token()))
            base::log_info("a camera state was dropped because the program ends");
    };
    options.on_picture = wake_;
    pipeline_ = std::make_unique<scanner::Pipeline>(std::move(options));
}

bool Runtime::send(Command command) { return commands_.try_push(std::move(command)); }

std::shared_ptr<const State> Runtime::newest_state() const {
    const std::lock_guard lock(mutex_);
    return newest_;
}

void Runtime::publish(std::shared_ptr<const State> state) {
    {
        const std::lock_guard lock(mutex_);
        newest_ = std::move(state);
    }
    wake_();
}

void Runtime::read_lists(const std::stop_token& stop, const ListReader& read_list) {
    const auto given_up = [&] { return lists_.is_filled() || stop.stop_requested(); };
    while (const auto request = lists_.wait(stop)) {
        auto list = read_list(*request, given_up);
        if (given_up()) continue;  // another list was asked for meanwhile
        if (!commands_.push(ListRead{request->number, std::move(list)}, stop)) return;
    }
}

void Runtime::run(const std::stop_token& stop) {
    for (;;) {
        auto command = commands_.pop_for(kStaleCheck, stop);
        if (command)
            publish(application_.handle(*command));
        else if (stop.stop_requested())
            return;
        else if (application_.is_stale())
            publish(application_.handle(Refresh{}));
    }
}

}  // namespace app
