package io.waymark.dns.plugin.template;

/// What reading the text of a template gives.
sealed interface TextTemplateRead {
    record Read(TextTemplate template) implements TextTemplateRead {}

    /// @param at  in characters from the start of the text
    /// @param why what was found and what is allowed
    record Refused(int at, String why) implements TextTemplateRead {}
}
