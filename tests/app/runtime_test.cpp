// The threads around the application: nothing that was taken is lost, and the end is clean.
#include "app/runtime.hpp"

#include <atomic>
#include <condition_variable>

#include "support/catch.hpp"
#include "support/shop.hpp"

using namespace app;

namespace {

// Lets a test wait until the window was woken with what it waits for.
struct Window {
    std::mutex mutex;
    std::condition_variable woken;
    std::uint64_t wakes = 0;

    void wake() {
        {
            const std::lock_guard lock(mutex);
            ++wakes;
        }
        woken.notify_all();
    }
    template <typename Condition>
    bool wait_until(Condition condition) {
        std::unique_lock lock(mutex);
        return woken.wait_for(lock, std::chrono::seconds(20), condition);
    }
};

// Holds whoever comes through until it is opened.
class Gate {
 public:
    void pass() {
        std::unique_lock lock(mutex_);
        reached_ = true;
        changed_.notify_all();
        changed_.wait(lock, [this] { return open_; });
    }
    bool wait_until_reached() {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(20), [this] { return reached_; });
    }
    void open() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }

 private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool reached_ = false, open_ = false;
};

Application application() {
    Shop shop;
    Application made(std::move(shop.store), {"Alex", "MAIN", "A-03"}, "Dock 1",
                     [moment = shop.now] { return *moment; });
    made.handle(SetReceiveContext{"ROUTER-X", "", "MAIN", "A-03"});
    return made;
}

}  // namespace

TEST_CASE("commands are answered with states, in order", "[app][threads]") {
    Window window;
    Runtime runtime(application(), [&] { window.wake(); });
    CHECK(runtime.newest_state()->counts.all == 0);
    for (int i = 0; i < 20; ++i) REQUIRE(runtime.send(Typed{"SN-" + std::to_string(i)}));
    CHECK(window.wait_until([&] { return runtime.newest_state()->counts.all == 20; }));
    CHECK(runtime.newest_state()->recent.front().serial == "SN-19");
}

TEST_CASE("what was sent before the end is still done", "[app][threads]") {
    Window window;
    std::shared_ptr<const State> last;
    {
        Runtime runtime(application(), [&] { window.wake(); });
        for (int i = 0; i < 20; ++i) REQUIRE(runtime.send(Typed{"SN-" + std::to_string(i)}));
    }
    CHECK(window.wakes == 20);
}

TEST_CASE("a full queue says busy and never blocks the window", "[app][threads]") {
    std::mutex gate;
    std::unique_lock closed(gate);
    Runtime runtime(application(), [&] { const std::lock_guard wait(gate); });
    bool busy = false;
    for (int i = 0; i < 1000 && !busy; ++i) busy = !runtime.send(Refresh{});
    CHECK(busy);
    closed.unlock();
}

TEST_CASE("a list that takes long to read keeps no act waiting", "[app][threads]") {
    Window window;
    Gate gate;
    Runtime runtime(
        application(), [&] { window.wake(); },
        [&](const ListRequest& request, const std::function<bool()>&) -> Result<List> {
            if (request.list.search == "slow") gate.pass();
            List list = request.list;
            list.rows = std::make_shared<const std::vector<ListRow>>(1);
            return list;
        });
    REQUIRE(runtime.send(SetList{std::nullopt, "slow"}));
    REQUIRE(gate.wait_until_reached());
    REQUIRE(runtime.send(Typed{"SN-1"}));
    REQUIRE(window.wait_until([&] { return runtime.newest_state()->counts.all == 1; }));
    CHECK(runtime.newest_state()->list_awaited);
    CHECK(runtime.newest_state()->list.rows->empty());
    REQUIRE(runtime.send(SetList{std::nullopt, "newer"}));
    gate.open();
    CHECK(window.wait_until([&] { return runtime.newest_state()->list.search == "newer"; }));
    CHECK_FALSE(runtime.newest_state()->list_awaited);
}

TEST_CASE("a list that nobody waits for any more is given up", "[app][threads]") {
    Window window;
    Gate gate;
    gate.open();
    std::atomic<int> given_up_lists = 0;
    {
        Runtime runtime(
            application(), [&] { window.wake(); },
            [&](const ListRequest& request, const std::function<bool()>& given_up) -> Result<List> {
                if (request.list.search.empty()) return request.list;
                gate.pass();
                while (!given_up()) std::this_thread::yield();
                ++given_up_lists;
                return fail(ErrorKind::Storage, "interrupted");
            });
        REQUIRE(runtime.send(SetList{std::nullopt, "endless"}));
        REQUIRE(gate.wait_until_reached());
        REQUIRE(runtime.send(SetList{inventory::Status::Sold, ""}));
        CHECK(window.wait_until(
            [&] { return runtime.newest_state()->list.tab == inventory::Status::Sold; }));
        CHECK(runtime.newest_state()->feedback.tone == Tone::None);
        CHECK(given_up_lists == 1);
        REQUIRE(runtime.send(SetList{std::nullopt, "endless again"}));
    }
    CHECK(given_up_lists == 2);  // the end of the program, too
}
