// A way to a server on this machine that is slow, breaks after so many bytes, or is pulled out.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>
#include <thread>

class TcpProxy {
 public:
    struct Way {
        std::int64_t cut_after = std::numeric_limits<std::int64_t>::max();  // bytes, both ways
        std::size_t piece = 16384;  // bytes that go through at once
        int pause_ms = 0;           // after each piece
    };

    TcpProxy(int server_port, Way way) : server_port_(server_port), way_(way) {
        listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address = loopback(0);
        socklen_t size = sizeof address;
        if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
            listen(listener_, 4) != 0 ||
            getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            std::abort();
        port_ = ntohs(address.sin_port);
        thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
    }
    ~TcpProxy() {
        thread_.request_stop();
        thread_.join();
        close(listener_);
    }
    TcpProxy(const TcpProxy&) = delete;
    TcpProxy& operator=(const TcpProxy&) = delete;

    // While it is pulled out whoever calls is cut off.
    void pull_out() { is_out_ = true; }
    void plug_in() { is_out_ = false; }
    [[nodiscard]] std::string port() const { return std::to_string(port_); }
    [[nodiscard]] std::int64_t bytes() const { return bytes_; }  // that went through so far

 private:
    static sockaddr_in loopback(int port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }

    void serve(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            pollfd waiting{listener_, POLLIN, 0};
            if (::poll(&waiting, 1, kStepMs) <= 0) continue;
            const int client = accept(listener_, nullptr, nullptr);
            const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            const sockaddr_in address = loopback(server_port_);
            if (!is_out_ &&
                connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
                carry(client, server, stop);
            close(client);
            close(server);
        }
    }

    void carry(int client, int server, const std::stop_token& stop) {
        while (!stop.stop_requested() && !is_out_) {
            std::array<pollfd, 2> ends = {{{client, POLLIN, 0}, {server, POLLIN, 0}}};
            if (::poll(ends.data(), ends.size(), kStepMs) <= 0) continue;
            if (ends[0].revents != 0 && !pass(client, server)) return;
            if (ends[1].revents != 0 && !pass(server, client)) return;
        }
    }

    bool pass(int from, int to) {
        std::array<char, 16384> bytes{};
        const std::int64_t room = way_.cut_after - bytes_;
        if (room <= 0) return false;
        const auto most = std::min({bytes.size(), way_.piece, static_cast<std::size_t>(room)});
        const ssize_t count = read(from, bytes.data(), most);
        if (count <= 0) return false;
        for (ssize_t sent = 0; sent < count;) {
            const ssize_t more =
                send(to, bytes.data() + sent, static_cast<std::size_t>(count - sent), MSG_NOSIGNAL);
            if (more <= 0) return false;
            sent += more;
        }
        bytes_ += count;
        if (way_.pause_ms > 0) ::poll(nullptr, 0, way_.pause_ms);
        return true;
    }

    static constexpr int kStepMs = 20;
    int server_port_, listener_ = -1, port_ = 0;
    Way way_;
    std::atomic<std::int64_t> bytes_ = 0;
    std::atomic<bool> is_out_ = false;
    std::jthread thread_;
};
