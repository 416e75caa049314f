package io.waymark.dns.plugin.loadbalance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Weights out of a file that may change. What cannot be read changes nothing: the last good weights stay,
/// at first all are equal. Reads block, hence never on an event loop.
final class WeightFile {
    private static final Logger LOG = LoggerFactory.getLogger(WeightFile.class);
    /// More than this is no file of weights.
    private static final long OCTETS_MAX = 16L << 20;

    private final Path file;
    private volatile AddressWeights weights = AddressWeights.EQUAL;
    /// What was read last, good or bad, so that a file is complained of once.
    private List<String> last = List.of();

    private String trouble = "";

    WeightFile(Path file) {
        this.file = file;
    }

    /// On any thread.
    AddressWeights weights() {
        return weights;
    }

    /// Reads the file, if it has changed; one call at a time.
    void read() {
        try {
            if (Files.size(file) > OCTETS_MAX) {
                throw new IOException("it has more than " + OCTETS_MAX + " octets");
            }
            var lines = Files.readAllLines(file);
            if (lines.equals(last)) {
                return;
            }
            last = lines;
            take(AddressWeights.read(lines));
        } catch (IOException failure) {
            complain(file + ": " + failure);
        }
    }

    private void take(AddressWeights.Read read) {
        switch (read) {
            case AddressWeights.Read.Weights(var good) -> {
                weights = good;
                trouble = "";
                LOG.info("{}: weights of {} names", file, good.byName().size());
            }
            case AddressWeights.Read.Malformed(var line, var why) -> complain(file + ":" + line + ": " + why);
        }
    }

    private void complain(String now) {
        if (!now.equals(trouble)) {
            LOG.warn("loadbalance: the weights stay as they are: {}", now);
        }
        trouble = now;
    }
}
