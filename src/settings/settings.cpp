#include "settings/settings.hpp"

#include <unistd.h>

#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "base/paths.hpp"
#include "base/text.hpp"
#include "scanner/trust.hpp"

namespace embedded {
extern const std::string_view example_settings;
}

namespace settings {
namespace {

constexpr double kScaleMax = 5;

// Reads one file, gathering a warning for everything that is not as documented.
class Reader {
 public:
    Reader(std::string path, Loaded& loaded) : path_(std::move(path)), loaded_(loaded) {}

    void read() {
        toml::table file;
        try {
            file = toml::parse_file(path_);
        } catch (const toml::parse_error& error) {
            warn(error.source().begin.line,
                 std::string(error.description()) + "; all defaults are used");
            return;
        }
        Settings& s = loaded_.settings;
        for (auto&& [key, node] : file) {
            if (key == "device")
                text(node, "device", s.device);
            else if (key == "operator")
                text(node, "operator", s.operator_name);
            else if (key == "camera" && node.is_table())
                camera(*node.as_table());
            else if (key == "place" && node.is_table())
                place(*node.as_table());
            else if (key == "window" && node.is_table())
                window(*node.as_table());
            else if (key == "backup" && node.is_table())
                backup(*node.as_table());
            else if (key == "sync" && node.is_table())
                sync(*node.as_table());
            else
                unknown(key, node);
        }
    }

 private:
    void camera(const toml::table& table) {
        for (auto&& [key, node] : table) {
            if (key == "source")
                source(node);
            else if (key == "formats")
                formats(node);
            else if (key == "itf_lengths")
                itf_lengths(node);
            else
                unknown(key, node);
        }
    }

    void place(const toml::table& table) {
        for (auto&& [key, node] : table) {
            if (key == "warehouse")
                text(node, "warehouse", loaded_.settings.warehouse);
            else if (key == "location")
                text(node, "location", loaded_.settings.location);
            else
                unknown(key, node);
        }
    }

    void backup(const toml::table& table) {
        for (auto&& [key, node] : table) {
            if (key == "daily" && node.is_boolean())
                loaded_.settings.daily_backup = *node.value<bool>();
            else if (key == "daily")
                warn(node, "daily is true or false");
            else
                unknown(key, node);
        }
    }

    void sync(const toml::table& table) {
        for (auto&& [key, node] : table) {
            if (key == "to")
                text(node, "to", loaded_.settings.sync_to);
            else
                unknown(key, node);
        }
    }

    void window(const toml::table& table) {
        Settings& s = loaded_.settings;
        for (auto&& [key, node] : table) {
            if (key == "theme")
                theme(node);
            else if (key == "scale")
                scale(node);
            else if (key == "fullscreen" && node.is_boolean())
                s.fullscreen = *node.value<bool>();
            else if (key == "fullscreen")
                warn(node, "fullscreen is true or false");
            else
                unknown(key, node);
        }
    }

    void text(const toml::node& node, const char* name, std::string& value) {
        const auto given = node.value_exact<std::string>();
        if (!given)
            warn(node, std::string(name) + " is a text in quotes");
        else if (base::has_control_character(*given))
            warn(node, std::string(name) + " holds a control character");
        else
            value = base::trim(*given);
    }

    void source(const toml::node& node) {
        if (const auto number = node.value_exact<std::int64_t>(); number && *number >= 0)
            loaded_.settings.camera = std::to_string(*number);
        else if (const auto name = node.value_exact<std::string>())
            loaded_.settings.camera = *name;
        else
            warn(node, "source is a camera's number, or a file or URL in quotes");
    }

    void formats(const toml::node& node) {
        const toml::array* names = node.as_array();
        if (names == nullptr) return warn(node, "formats is a list of names in quotes");
        for (const toml::node& entry : *names) {
            const auto name = entry.value_exact<std::string>();
            const auto symbology = name ? scanner::symbology_named(*name) : std::nullopt;
            if (symbology)
                loaded_.settings.wanted.symbologies.push_back(*symbology);
            else
                warn(entry, "unknown barcode format " + (name ? "\"" + *name + "\"" : "") +
                                "; see the list in the example file");
        }
    }

    void itf_lengths(const toml::node& node) {
        std::vector<int> lengths;
        const toml::array* entries = node.as_array();
        for (std::size_t i = 0; entries != nullptr && i < entries->size(); ++i) {
            const auto digits = (*entries)[i].value_exact<std::int64_t>();
            if (!digits || !scanner::can_be_itf_length(*digits))
                return warn((*entries)[i], "itf_lengths are even numbers from 4 to 80");
            lengths.push_back(static_cast<int>(*digits));
        }
        if (lengths.empty()) return warn(node, "itf_lengths is a list of numbers of digits");
        loaded_.settings.wanted.itf_lengths = std::move(lengths);
    }

    void theme(const toml::node& node) {
        const auto name = node.value_exact<std::string>();
        for (const char* known : {"auto", "light", "dark", "high-contrast"})
            if (name == known) {
                loaded_.settings.theme = known;
                return;
            }
        warn(node, "theme is \"auto\", \"light\", \"dark\" or \"high-contrast\"");
    }

    void scale(const toml::node& node) {
        const auto value = node.value<double>();
        if (value && std::isfinite(*value) &&
            (*value == 0 || (*value >= 0.5 && *value <= kScaleMax)))
            loaded_.settings.scale = *value;
        else
            warn(node, "scale is 0 or from 0.5 to 5");
    }

    void unknown(const toml::key& key, const toml::node& node) {
        warn(node, "unknown setting \"" + std::string(key.str()) + "\"");
    }

    void warn(const toml::node& node, const std::string& what) {
        warn(node.source().begin.line, what);
    }

    void warn(toml::source_index line, const std::string& what) {
        loaded_.warnings.push_back(path_ + ":" + std::to_string(line) + ": " + what);
    }

    std::string path_;
    Loaded& loaded_;
};

}  // namespace

std::string machine_name() {
    std::array<char, 256> name{};
    return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

Loaded load(const std::string& path) {
    Loaded loaded;
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) Reader(path, loaded).read();
    return loaded;
}

std::string load_typed_sheet(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

Result<void> keep_typed_sheet(const std::string& path, const std::string& typed) {
    if (!base::make_folder_of(path))
        return fail(ErrorKind::Storage, "cannot make the folder of " + path);
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << typed;
    file.close();
    if (!file) return fail(ErrorKind::Storage, "cannot write " + path + "; make room or allow it");
    return {};
}

void write_example(const std::string& path) {
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored) || !base::make_folder_of(path)) return;
    // Not being able to write it is no failure: the defaults hold without it.
    std::ofstream(path) << embedded::example_settings;
}

}  // namespace settings
