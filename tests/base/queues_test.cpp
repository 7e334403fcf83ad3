#include <thread>
#include <vector>

#include "base/bounded_queue.hpp"
#include "base/mailbox.hpp"
#include "support/catch.hpp"

using namespace std::chrono_literals;

TEST_CASE("in a mailbox the newest wins", "[base][threads]") {
    base::Mailbox<int> box;
    CHECK_FALSE(box.take());
    box.put(1);
    box.put(2);
    CHECK(box.take() == 2);
    CHECK_FALSE(box.take());
}

TEST_CASE("waiting at a mailbox ends when it is asked to stop", "[base][threads]") {
    base::Mailbox<int> box;
    std::optional<int> got = 7;
    {
        std::jthread waiter([&](const std::stop_token& stop) { got = box.wait(stop); });
    }
    CHECK_FALSE(got);
}

TEST_CASE("a full queue says so and keeps what it has", "[base][threads]") {
    base::BoundedQueue<int> queue(2);
    CHECK(queue.try_push(1));
    CHECK(queue.try_push(2));
    CHECK_FALSE(queue.try_push(3));
    CHECK(queue.pop({}) == 1);
    CHECK(queue.pop({}) == 2);
    CHECK_FALSE(queue.pop_for(1ms, {}));
}

TEST_CASE("nothing in a queue is lost between threads", "[base][threads]") {
    constexpr int kItems = 2000;
    base::BoundedQueue<int> queue(4);
    std::vector<int> got;
    {
        std::jthread sender([&](const std::stop_token& stop) {
            for (int i = 0; i < kItems; ++i)
                if (!queue.push(i, stop)) return;
        });
        for (int i = 0; i < kItems; ++i) got.push_back(queue.pop({}).value_or(-1));
    }
    std::vector<int> wanted(kItems);
    for (int i = 0; i < kItems; ++i) wanted[static_cast<std::size_t>(i)] = i;
    CHECK(got == wanted);
}

TEST_CASE("what is in a queue is still given out after a stop", "[base][threads]") {
    base::BoundedQueue<int> queue(2);
    REQUIRE(queue.try_push(5));
    std::stop_source stop;
    stop.request_stop();
    CHECK(queue.pop(stop.get_token()) == 5);
    CHECK_FALSE(queue.pop(stop.get_token()));
}
