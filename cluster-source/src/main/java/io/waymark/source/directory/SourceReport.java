package io.waymark.source.directory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the source says what people should know. Each text is said once, when it becomes true.
interface SourceReport {

    /// Something that is as it should be.
    void note(String text);

    /// Something that somebody should mend.
    void warn(String text);

    /// The process' log.
    static SourceReport logged() {
        Logger log = LoggerFactory.getLogger(DirectorySource.class);
        return new SourceReport() {
            @Override
            public void note(String text) {
                log.info(text);
            }

            @Override
            public void warn(String text) {
                log.warn(text);
            }
        };
    }
}
