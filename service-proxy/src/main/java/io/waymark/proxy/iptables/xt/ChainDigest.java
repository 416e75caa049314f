package io.waymark.proxy.iptables.xt;

import io.waymark.proxy.netlink.Attributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// Stands for the rules of a chain where they are compared, counters left out: all of them as octets
/// would take tens of megabytes. Not for several threads.
public final class ChainDigest {
    private final MessageDigest sha256;
    private int rules;
    private byte[] result = new byte[0];

    public ChainDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /// Takes the next rule.
    /// @param expressions what NFTA_RULE_EXPRESSIONS holds
    public void add(Attributes expressions) {
        expressions.forEach((type, element) -> {
            if (!element.text(1).equals(TableReader.COUNTER)) {
                sha256.update(element.toByteArray());
            }
        });
        // No expression begins so: the length of its name is not that large.
        sha256.update((byte) 0xff);
        rules++;
    }

    public void add(EncodedRule rule) {
        add(Attributes.of(rule.expressions().toByteArray()));
    }

    /// How many were taken.
    public int rules() {
        return rules;
    }

    /// Whether both have taken equal rules in the same order. Neither takes any more.
    public boolean isLike(ChainDigest other) {
        return rules == other.rules && Arrays.equals(result(), other.result());
    }

    private byte[] result() {
        if (result.length == 0) {
            result = sha256.digest();
        }
        return result;
    }
}
