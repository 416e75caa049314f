package io.waymark.proxy.host;

import io.waymark.proxy.config.ProxyConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The kernel's settings as files. Any thread may use it.
public final class KernelFiles {
    private static final Logger LOG = LoggerFactory.getLogger("proxy");

    private final Path root;

    /// @param root `/`, or a folder that stands for it
    public KernelFiles(Path root) {
        this.root = root;
    }

    /// Makes the settings that a configuration asks for and that are not as it asks already.
    /// @return which could not be made, and what to do about each, one line each
    public List<String> set(ProxyConfig config) {
        var refused = new ArrayList<String>();
        for (var setting : KernelSettings.of(config, processors())) {
            try {
                set(setting);
            } catch (NoSuchFileException missing) {
                refused.add(place(setting) + " is not there; load the kernel module nf_conntrack, or have "
                        + setting.asked() + " leave it alone (0)");
            } catch (IOException unwritable) {
                refused.add(place(setting) + " cannot be set to " + setting.value() + " as " + setting.asked()
                        + " asks: " + reason(unwritable) + "; run `waymark proxy --init-only` with full rights on"
                        + " the host's network, or set it there by hand");
            }
        }
        return refused;
    }

    private String place(KernelSetting setting) {
        return root.resolve(setting.file()).toString();
    }

    /// Without the name of the file before it.
    private static String reason(IOException failed) {
        var said = String.valueOf(failed.getMessage());
        return said.substring(said.lastIndexOf(": ") < 0 ? 0 : said.lastIndexOf(": ") + 2);
    }

    private void set(KernelSetting setting) throws IOException {
        var file = root.resolve(setting.file());
        var found = Files.readString(file).strip();
        if (found.matches("-?[0-9]{1,18}") && setting.isMetBy(Long.parseLong(found))) {
            return;
        }
        Files.writeString(file, Long.toString(setting.value()));
        LOG.info("Set {} to {}, it was {}", file, setting.value(), found);
    }

    /// How readily the kernel ends this process when memory is short.
    /// @param score -1000 to 1000
    /// @return why that could not be said; empty if it was
    public String oomScore(int score) {
        try {
            Files.writeString(root.resolve("proc/self/oom_score_adj"), Integer.toString(score));
            return "";
        } catch (IOException unwritable) {
            return reason(unwritable);
        }
    }

    /// Of the whole host: what a container may use of them does not bound what the node tracks.
    private int processors() {
        try {
            int count = 0;
            for (var range : Files.readString(root.resolve("sys/devices/system/cpu/online"))
                    .strip()
                    .split(",")) {
                var ends = range.split("-", 2);
                count += Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
            }
            return count;
        } catch (IOException | NumberFormatException unknown) {
            return Runtime.getRuntime().availableProcessors();
        }
    }
}
