package io.waymark.dns.corefile.stage;

import io.waymark.records.address.IpAddress;
import java.util.List;

/// `bind ADDRESS…`: the local addresses on which a block is served instead of all.
/// @param addresses at least one, each once
public record BindStage(List<IpAddress> addresses) implements Stage {

    /// Copies the addresses and leaves repeated ones out.
    public BindStage {
        addresses = addresses.stream().distinct().toList();
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("bind has at least one address");
        }
    }

    @Override
    public String plugin() {
        return "bind";
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting("addresses", Words.join(addresses), false));
    }
}
