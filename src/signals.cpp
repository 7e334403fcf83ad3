#include "signals.hpp"

#include <pthread.h>

#include <csignal>
#include <utility>

namespace {

sigset_t ending_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    return set;
}

}  // namespace

SignalThread::SignalThread(std::function<void()> on_end) {
    const sigset_t set = ending_signals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    thread_ = std::jthread([on_end = std::move(on_end)](const std::stop_token& stop) {
        const sigset_t awaited = ending_signals();
        int signal = 0;
        while (sigwait(&awaited, &signal) == 0 && !stop.stop_requested()) on_end();
    });
}

SignalThread::~SignalThread() {
    thread_.request_stop();
    // NOLINTNEXTLINE(bugprone-bad-signal-to-kill-thread): the thread awaits it, nothing is killed
    pthread_kill(thread_.native_handle(), SIGTERM);
    thread_.join();
    const sigset_t set = ending_signals();
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}
