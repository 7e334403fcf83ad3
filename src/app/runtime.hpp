// The threads around the application:
//
//     scanner ─Scanned→ queue of commands → stock thread (Application, the only writer of SQLite)
//     window ─Command──↗     ↑                   ├─State→ window, which is woken
//                         ListRead─ reader ←ListRequest
//
// The window never waits: send() says "busy" when the queue is full. Readings wait for room. Of the
// list's requests the newest counts; however long one takes, acts and scans go on.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "app/application.hpp"
#include "app/command.hpp"
#include "base/bounded_queue.hpp"
#include "base/mailbox.hpp"
#include "scanner/pipeline.hpp"

namespace app {

class Runtime {
 public:
    // May fail when `given_up` says that nobody waits for the answer any more.
    using ListReader =
        std::function<Result<List>(const ListRequest&, const std::function<bool()>& given_up)>;

    // `wake`: called on any thread when newest_state() or the live picture changed; must not wait.
    // `read_list`: called on the thread "reader"; without it the stock thread reads lists, too.
    Runtime(Application application, std::function<void()> wake, ListReader read_list = {});
    ~Runtime();
    Runtime(const Runtime&) = delete;
    Runtime& operator=(const Runtime&) = delete;

    // Starts the scanner; its callbacks are set here.
    void start_scanner(scanner::SourceSpec source, scanner::Wanted wanted);

    // Any thread. False when the queue is full: try again after the next state.
    [[nodiscard]] bool send(Command command);
    [[nodiscard]] std::shared_ptr<const State> newest_state() const;
    [[nodiscard]] const scanner::Pipeline* pipeline() const { return pipeline_.get(); }

 private:
    void run(const std::stop_token& stop);
    void read_lists(const std::stop_token& stop, const ListReader& read_list);
    void publish(std::shared_ptr<const State> state);

    Application application_;
    std::function<void()> wake_;
    base::BoundedQueue<Command> commands_;
    mutable std::mutex mutex_;
    std::shared_ptr<const State> newest_;
    base::Mailbox<ListRequest> lists_;
    std::jthread reader_;
    std::jthread stock_;
    std::stop_source stopping_;  // ends the scanner's wait for room in the queue
    std::unique_ptr<scanner::Pipeline> pipeline_;
};

}  // namespace app
