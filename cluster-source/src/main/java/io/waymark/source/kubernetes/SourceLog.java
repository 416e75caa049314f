package io.waymark.source.kubernetes;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the source says what people should know: one line each, and each once.
interface SourceLog {
    void warn(String line);

    void info(String line);

    /// The process' log. Its logger is made when there is something to say, for that costs a tenth of
    /// a second at start.
    static SourceLog slf4j() {
        return new SourceLog() {
            private Logger logger() {
                return LoggerFactory.getLogger(KubernetesSource.class);
            }

            @Override
            public void warn(String line) {
                logger().warn("{}", line);
            }

            @Override
            public void info(String line) {
                logger().info("{}", line);
            }
        };
    }
}
