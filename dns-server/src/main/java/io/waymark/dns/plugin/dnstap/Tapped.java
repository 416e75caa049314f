package io.waymark.dns.plugin.dnstap;

import java.util.List;

/// Something that is tapped: a query of a client, or one of ours to an upstream, and the reply to it.
sealed interface Tapped permits TapMessage, TapAttempt {

    /// As dnstap.proto of dnstap.info writes it: two messages, or one if there was no reply.
    List<byte[]> encoded(DnstapStage stage);
}
