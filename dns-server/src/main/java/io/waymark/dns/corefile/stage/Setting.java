package io.waymark.dns.corefile.stage;

/// One effective value of a stage, for people.
/// @param name      the option's name in a Corefile, or a word for the plugin's arguments
/// @param value     the value as it could be written in a Corefile
/// @param byDefault whether nobody needed to write it
public record Setting(String name, String value, boolean byDefault) {

    /// A setting that is a default exactly if its value equals the default's.
    public static Setting of(String name, Object value, Object byDefault) {
        return new Setting(name, value.toString(), value.equals(byDefault));
    }
}
