// Runs the program as a person or a script would, and keeps what it said.
#pragma once

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/temporary.hpp"

struct Ran {
    int status = -1;
    std::string out, err;
};

// A database in a folder of its own, with settings, log and data kept from the user's.
class Program {
 public:
    Program() {
        for (const char* variable : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"})
            setenv(variable, (folder_.file(variable)).c_str(), 1);
    }

    Ran run(std::vector<std::string> words) const {
        const std::string out = folder_.file("out"), err = folder_.file("err");
        const pid_t child = start(std::move(words), out, err);
        int status = 0;
        waitpid(child, &status, 0);
        return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read(out),
                read(err)};
    }

    // The same; the test fails unless it exits with 0.
    Ran ok(std::vector<std::string> words) const {
        Ran ran = run(std::move(words));
        INFO(ran.err);
        REQUIRE(ran.status == 0);
        return ran;
    }

    // The same with `input` on standard input.
    Ran feed(std::vector<std::string> words, const std::string& input) const {
        const std::string in = folder_.file("in"), out = folder_.file("out"),
                          err = folder_.file("err");
        std::ofstream(in, std::ios::binary) << input;
        const pid_t child = start(std::move(words), out, err, in);
        int status = 0;
        waitpid(child, &status, 0);
        return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read(out),
                read(err)};
    }

    // Starts it with its output in files; the caller waits. `in`: a file for its input; "" = ours.
    pid_t start(std::vector<std::string> words, const std::string& out, const std::string& err,
                const std::string& in = "") const {
        words.insert(words.begin(), UNITRAIL_PROGRAM);
        std::vector<char*> argv;
        argv.reserve(words.size() + 1);
        for (std::string& word : words) argv.push_back(word.data());
        argv.push_back(nullptr);
        const pid_t child = fork();
        if (child != 0) return child;
        if (!in.empty()) {
            const int file = open(in.c_str(), O_RDONLY);
            dup2(file, STDIN_FILENO);
            close(file);
        }
        redirect(out, STDOUT_FILENO);
        redirect(err, STDERR_FILENO);
        execv(argv[0], argv.data());
        _exit(127);
    }

    static std::string read(const std::string& path) {
        std::ostringstream text;
        text << std::ifstream(path).rdbuf();
        return text.str();
    }

    [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }

 private:
    static void redirect(const std::string& path, int descriptor) {
        const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        dup2(file, descriptor);
        close(file);
    }
    TemporaryFolder folder_;
};
