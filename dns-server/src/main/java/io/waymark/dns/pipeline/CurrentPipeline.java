package io.waymark.dns.pipeline;

import io.waymark.dns.pipeline.respond.Responder;
import io.waymark.dns.pipeline.respond.Response;

/// The pipeline that answers at one address now. A reload puts another in its place between two
/// queries: each query has one of them from its first octet to its answer.
public final class CurrentPipeline {
    private volatile QueryPipeline pipeline;

    public CurrentPipeline(QueryPipeline first) {
        this.pipeline = first;
    }

    /// From now on queries go to `next`; those that the one before has are its own to answer.
    public void replace(QueryPipeline next) {
        pipeline = next;
    }

    /// A responder for one event loop.
    public Responder onLoop() {
        return new Following();
    }

    /// The responder of the current pipeline; a change costs a loop one responder.
    private final class Following implements Responder {
        private QueryPipeline followed = pipeline;
        private Responder responder = followed.onLoop();

        @Override
        public Response respond(byte[] octets, int offset, int length, Client client) {
            var now = pipeline;
            if (now != followed) {
                followed = now;
                responder = now.onLoop();
            }
            return responder.respond(octets, offset, length, client);
        }
    }
}
