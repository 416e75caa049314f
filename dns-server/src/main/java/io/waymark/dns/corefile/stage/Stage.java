package io.waymark.dns.corefile.stage;

import java.util.List;

/// What one plugin of a server block is to do, with all values decided. Each plugin has one, a record
/// in its own package.
public interface Stage {

    /// The plugin's name in a Corefile.
    String plugin();

    /// All values, defaults included, in a fixed order.
    List<Setting> settings();
}
