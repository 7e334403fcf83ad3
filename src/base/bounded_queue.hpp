// A first-in first-out queue between threads with a fixed capacity; nothing in it is ever dropped.
// A full queue is said to the sender, who decides. Any thread may call anything.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace base {

template <typename T>
class BoundedQueue {
 public:
    explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

    // False, and nothing kept, when the queue is full. Never waits.
    [[nodiscard]] bool try_push(T value) {
        {
            const std::lock_guard lock(mutex_);
            if (items_.size() >= capacity_) return false;
            items_.push_back(std::move(value));
        }
        filled_.notify_one();
        return true;
    }

    // Waits for room; false when `stop` was requested first.
    [[nodiscard]] bool push(T value, std::stop_token stop) {
        {
            std::unique_lock lock(mutex_);
            if (!drained_.wait(lock, std::move(stop), [this] { return items_.size() < capacity_; }))
                return false;
            items_.push_back(std::move(value));
        }
        filled_.notify_one();
        return true;
    }

    // Waits for an item; nothing when `stop` was requested and the queue is empty.
    std::optional<T> pop(std::stop_token stop) {
        std::unique_lock lock(mutex_);
        filled_.wait(lock, std::move(stop), [this] { return !items_.empty(); });
        return pop_front(lock);
    }

    // As pop(), but waits at most `patience`.
    std::optional<T> pop_for(std::chrono::milliseconds patience, std::stop_token stop) {
        std::unique_lock lock(mutex_);
        filled_.wait_for(lock, std::move(stop), patience, [this] { return !items_.empty(); });
        return pop_front(lock);
    }

 private:
    std::optional<T> pop_front(std::unique_lock<std::mutex>& lock) {
        if (items_.empty()) return std::nullopt;
        T item = std::move(items_.front());
        items_.pop_front();
        lock.unlock();
        drained_.notify_one();
        return item;
    }

    const std::size_t capacity_;
    std::mutex mutex_;
    std::condition_variable_any filled_;
    std::condition_variable_any drained_;
    std::deque<T> items_;
};

}  // namespace base
