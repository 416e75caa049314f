package io.waymark.source.manifest;

import io.waymark.source.document.Field;
import java.util.regex.Pattern;

/// The forms that names have in the API, each with the words for a name that has another.
enum ApiName {
    /// RFC 1123 §2.1. Services too: since 1.36 theirs may begin with a digit.
    LABEL(
            "[a-z0-9]([-a-z0-9]*[a-z0-9])?",
            63,
            "a DNS label: 1 to 63 of a-z, 0-9 and -, with a letter or digit at both ends"),
    SUBDOMAIN(
            "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*",
            253,
            "a DNS name in lower case: DNS labels with dots between, at most 253 characters"),
    /// RFC 6335 §5.1, in lower case: what a container's port may be called.
    PORT(
            "(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?",
            15,
            "a port's name: 1 to 15 of a-z, 0-9 and single -, with at least one letter");

    private final Pattern form;
    private final int lengthMax;
    private final String expected;

    ApiName(String pattern, int lengthMax, String expected) {
        this.form = Pattern.compile(pattern);
        this.lengthMax = lengthMax;
        this.expected = expected;
    }

    boolean isFormOf(String name) {
        return name.length() <= lengthMax && form.matcher(name).matches();
    }

    /// The field's text; a problem and the empty text if it has another form.
    String read(Field field) {
        return field.text(this::isFormOf, expected);
    }

    /// As [#read], and a problem if the field is empty or not there.
    String require(Field field) {
        if (!field.isGiven()) {
            field.complainAbout("", expected);
            return "";
        }
        return read(field);
    }
}
