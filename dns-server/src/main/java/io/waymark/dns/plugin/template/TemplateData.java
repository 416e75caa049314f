package io.waymark.dns.plugin.template;

import io.waymark.dns.expression.Value;
import io.waymark.dns.pipeline.Exchange;
import java.util.List;
import java.util.Map;

/// What a template is about: `.Name` and so on.
/// @param zone   that the template was found by
/// @param name   in lower case, with the dot at the end
/// @param type   of the question; the template's for ANY
/// @param match  the whole match and the groups of the expression that the name matched
/// @param groups the same by number, and by name for those that have one
/// @param variables what `var` lines worked out
record TemplateData(
        String zone,
        String name,
        String recordClass,
        String type,
        List<String> match,
        Map<String, String> groups,
        Map<String, Value> variables,
        Exchange exchange) {}
