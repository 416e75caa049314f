package io.waymark.dns.corefile.stage;

import java.util.List;

/// `errors`: each query that could not be answered is logged with its reason.
public record ErrorsStage() implements Stage {

    @Override
    public String plugin() {
        return "errors";
    }

    @Override
    public List<Setting> settings() {
        return List.of();
    }
}
