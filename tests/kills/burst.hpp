// A process of the program under test: its lines are read as they come, and it can be killed at any
// moment. A burst is one command, or several one after the other.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

using Words = std::vector<std::string>;

class Burst {
 public:
    explicit Burst(std::vector<Words> commands) : commands_(std::move(commands)) { start_next(); }
    ~Burst() { end(SIGKILL); }
    Burst(const Burst&) = delete;
    Burst& operator=(const Burst&) = delete;

    [[nodiscard]] bool running() const { return child_ > 0; }
    [[nodiscard]] int pipe() const { return pipe_; }
    // Whole lines; one that was cut off in the middle was not said.
    [[nodiscard]] std::string said() const { return said_.substr(0, said_.rfind('\n') + 1); }
    [[nodiscard]] bool killed() const { return killed_; }
    [[nodiscard]] int worst_status() const { return worst_status_; }

    // Takes what it has said; at the end of one command starts the next.
    void read_some() {
        char bytes[4096];
        const ssize_t count = read(pipe_, bytes, sizeof bytes);
        if (count > 0) {
            said_.append(bytes, static_cast<std::size_t>(count));
        } else {
            end(0);
            start_next();
        }
    }

    void kill_now() {
        if (!running()) return;
        commands_.clear();
        end(SIGKILL);
    }

    void let_finish() {
        while (running()) read_some();
    }

 private:
    void start_next() {
        if (commands_.empty()) return;
        Words words = std::move(commands_.front());
        commands_.erase(commands_.begin());
        words.insert(words.begin(), UNITRAIL_PROGRAM);
        std::vector<char*> argv;
        for (std::string& word : words) argv.push_back(word.data());
        argv.push_back(nullptr);
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0) std::abort();
        child_ = fork();
        if (child_ == 0) {
            dup2(ends[1], STDOUT_FILENO);
            dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO);
            execv(argv[0], argv.data());
            _exit(127);
        }
        close(ends[1]);
        pipe_ = ends[0];
    }

    // With a signal or by itself; what is left in the pipe is taken first.
    void end(int signal) {
        if (!running()) return;
        if (signal != 0) kill(child_, signal);
        char bytes[4096];
        for (ssize_t count = 0; (count = read(pipe_, bytes, sizeof bytes)) > 0;)
            said_.append(bytes, static_cast<std::size_t>(count));
        close(pipe_);
        int status = 0;
        waitpid(child_, &status, 0);
        child_ = 0;
        killed_ = WIFSIGNALED(status);
        if (WIFEXITED(status)) worst_status_ = std::max(worst_status_, WEXITSTATUS(status));
    }

    std::vector<Words> commands_;
    pid_t child_ = 0;
    int pipe_ = -1;
    std::string said_;
    bool killed_ = false;
    int worst_status_ = 0;
};

// Reads on until all have ended or the time is over.
inline void watch(const std::vector<Burst*>& bursts, std::chrono::microseconds time) {
    const auto deadline = std::chrono::steady_clock::now() + time;
    for (;;) {
        std::vector<pollfd> waiting;
        std::vector<Burst*> of;
        for (Burst* burst : bursts)
            if (burst->running()) {
                waiting.push_back({burst->pipe(), POLLIN, 0});
                of.push_back(burst);
            }
        const auto left = deadline - std::chrono::steady_clock::now();
        if (waiting.empty() || left.count() <= 0) return;
        const timespec limit{
            std::chrono::duration_cast<std::chrono::seconds>(left).count(),
            std::chrono::duration_cast<std::chrono::nanoseconds>(left).count() % 1'000'000'000};
        if (ppoll(waiting.data(), waiting.size(), &limit, nullptr) <= 0) continue;
        for (std::size_t i = 0; i < waiting.size(); ++i)
            if (waiting[i].revents != 0) of[i]->read_some();
    }
}
