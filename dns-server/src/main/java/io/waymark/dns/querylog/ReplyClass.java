package io.waymark.dns.querylog;

import java.util.Locale;

/// Kinds of replies that `log` can be told to write.
public enum ReplyClass {
    ALL,
    /// An answer or a referral.
    SUCCESS,
    /// NXDOMAIN or NODATA.
    DENIAL,
    /// SERVFAIL, NOTIMP, REFUSED and the like.
    ERROR;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
