package io.waymark.testzones.caching;

import io.waymark.testzones.ask.LoopbackServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/// An upstream over UDP and TCP that tells a story for each first label: one reply after the other, the last
/// again and again. A reply is `RCODE aa ad / answer / authority / additional`, records as in a zone file, parted
/// by `;`, where `@` is the name asked for. Lifecycle: answering from the constructor to [#close].
final class TellingServer implements AutoCloseable {
    private final Map<String, List<String>> stories;
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private final LoopbackServer server;

    TellingServer(int port, Map<String, List<String>> stories) {
        this.stories = stories;
        server = new LoopbackServer(port, (query, protocol) -> List.of(reply(query)));
    }

    /// How often it was asked for a name.
    int asked(String name) {
        return asked.getOrDefault(name, 0);
    }

    private byte[] reply(Message query) throws IOException {
        var name = query.getQuestion().getName();
        int time = asked.merge(name.toString().toLowerCase(Locale.ROOT), 1, Integer::sum);
        var story = stories.getOrDefault(name.getLabelString(0).toLowerCase(Locale.ROOT), List.of("REFUSED"));
        var parts = story.get(Math.min(time, story.size()) - 1).split("/");
        var reply = LoopbackServer.replyTo(query);
        var head = parts[0].strip().split(" ");
        reply.getHeader().setRcode(Rcode.value(head[0]));
        for (var flag : Arrays.copyOfRange(head, 1, head.length)) {
            reply.getHeader().setFlag(Flags.value(flag));
        }
        for (int section = 1; section < parts.length; section++) {
            add(reply, section, parts[section].replace("@", name.toString()));
        }
        return reply.toWire();
    }

    private static void add(Message reply, int section, String text) throws IOException {
        var lines = text.strip().replaceAll("\\s*;\\s*", "\n") + "\n";
        try (var records = new Master(new ByteArrayInputStream(lines.getBytes(StandardCharsets.US_ASCII)))) {
            for (var record = records.nextRecord(); record != null; record = records.nextRecord()) {
                reply.addRecord(record, section);
            }
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
