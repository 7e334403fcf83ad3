// A one-slot box between threads in which the newest value wins: put() replaces what was not yet
// taken. For frames and states, of which only the latest matters. Any thread may call anything.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace base {

template <typename T>
class Mailbox {
 public:
    void put(T value) {
        {
            const std::lock_guard lock(mutex_);
            slot_ = std::move(value);
        }
        filled_.notify_one();
    }

    // The value, or nothing when the box is empty. Never waits.
    std::optional<T> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(slot_, std::nullopt);
    }

    // Whether there is something to take.
    [[nodiscard]] bool is_filled() const {
        const std::lock_guard lock(mutex_);
        return slot_.has_value();
    }

    // Waits for a value; nothing when `stop` was requested first.
    std::optional<T> wait(std::stop_token stop) {
        std::unique_lock lock(mutex_);
        if (!filled_.wait(lock, std::move(stop), [this] { return slot_.has_value(); }))
            return std::nullopt;
        return std::exchange(slot_, std::nullopt);
    }

 private:
    mutable std::mutex mutex_;
    std::condition_variable_any filled_;
    std::optional<T> slot_;
};

}  // namespace base
