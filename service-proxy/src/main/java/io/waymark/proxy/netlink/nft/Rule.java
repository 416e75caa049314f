package io.waymark.proxy.netlink.nft;

import java.util.List;

/// A rule at the end of a chain.
/// @param comment shown by `nft list`; at most 126 octets, empty is none
public record Rule(String chain, List<Expression> expressions, String comment) {
    /// Octets of a comment, as `nft` bounds it less its NUL.
    public static final int COMMENT_MAX = 126;

    public Rule {
        expressions = List.copyOf(expressions);
        if (comment.length() > COMMENT_MAX) {
            throw new IllegalStateException("a comment of " + comment.length() + " octets: " + comment);
        }
    }
}
