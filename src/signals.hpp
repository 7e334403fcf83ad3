// SIGTERM and SIGINT end the window cleanly.
#pragma once

#include <functional>
#include <thread>

// While it lives, both signals call `on_end` on a thread of their own and do not end the program.
class SignalThread {
 public:
    explicit SignalThread(std::function<void()> on_end);
    ~SignalThread();
    SignalThread(const SignalThread&) = delete;
    SignalThread& operator=(const SignalThread&) = delete;

 private:
    std::jthread thread_;
};
