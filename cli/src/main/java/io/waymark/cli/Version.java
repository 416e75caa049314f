package io.waymark.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/// The version of this build, as Maven wrote it into the jar.
final class Version implements IVersionProvider {

    /// The number alone, such as `0.1.0`; `unpackaged` when the classes do not come from the jar.
    static String number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }

    /// Two lines in CoreDNS' form, since scripts read the first: name and version, then the platform.
    @Override
    public String[] getVersion() {
        return new String[] {
            "Waymark-" + number(),
            System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT) + "/" + System.getProperty("os.arch")
                    + ", Java " + Runtime.version()
        };
    }
}
