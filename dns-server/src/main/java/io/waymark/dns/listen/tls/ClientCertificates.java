package io.waymark.dns.listen.tls;

import io.vertx.core.http.ClientAuth;

/// What a listener asks of its clients, in the words of `client_auth`.
public enum ClientCertificates {
    /// Nothing.
    NOCERT(ClientAuth.NONE, false),
    /// A certificate if they have one, whoever gave it.
    REQUEST(ClientAuth.REQUEST, false),
    /// A certificate, whoever gave it.
    REQUIRE(ClientAuth.REQUIRED, false),
    /// A certificate if they have one, from an authority that is believed.
    VERIFY_IF_GIVEN(ClientAuth.REQUEST, true),
    /// A certificate from an authority that is believed.
    REQUIRE_AND_VERIFY(ClientAuth.REQUIRED, true);

    private final ClientAuth asked;
    private final boolean verified;

    ClientCertificates(ClientAuth asked, boolean verified) {
        this.asked = asked;
        this.verified = verified;
    }

    ClientAuth asked() {
        return asked;
    }

    boolean verified() {
        return verified;
    }
}
