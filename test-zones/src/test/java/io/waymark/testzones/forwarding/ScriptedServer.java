package io.waymark.testzones.forwarding;

import io.waymark.testzones.ask.LoopbackServer;
import io.waymark.testzones.ask.LoopbackServer.Protocol;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;

/// An upstream that does what the first label of the name says: one word for each server, in the order
/// of their numbers, parted by dashes. `servfail-ok.test.` has the first say SERVFAIL, and the second
/// answer. An answer is a TXT record with the server's number and the protocol it was asked by.
///
/// | word | what it says |
/// |---|---|
/// | `ok` | the answer |
/// | `nodata` | NOERROR with a SOA |
/// | any response code | that |
/// | `cut` | over UDP nothing but TC, over TCP the answer |
/// | `silent` | nothing |
/// | `lies` | over UDP replies with a wrong ID, to another question, garbage, and then the answer twice |
///
/// Lifecycle: answering from the constructor to [#close].
final class ScriptedServer implements AutoCloseable {
    private final int number;
    private final LoopbackServer server;
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

    ScriptedServer(int number, int port) {
        this.number = number;
        server = new LoopbackServer(port, this::replies);
    }

    /// Waits until the name was asked for since the last call.
    void awaitAsked(String name) throws InterruptedException {
        String seen;
        do {
            seen = asked.poll(10, TimeUnit.SECONDS);
            if (seen == null) {
                throw new AssertionError("nobody asked server " + number + " for " + name);
            }
        } while (!seen.equalsIgnoreCase(name));
    }

    private List<byte[]> replies(Message query, Protocol protocol) throws IOException {
        var name = query.getQuestion().getName();
        asked.add(name.toString());
        var words = name.getLabelString(0).toLowerCase(Locale.ROOT).split("-");
        var word = number <= words.length ? words[number - 1] : "ok";
        return switch (word) {
            case "silent" -> List.of();
            case "ok" -> List.of(answer(query, protocol).toWire());
            case "nodata" -> List.of(withSoa(query, Rcode.NOERROR).toWire());
            case "cut" -> List.of((protocol == Protocol.UDP ? cut(query) : answer(query, protocol)).toWire());
            case "lies" ->
                protocol == Protocol.UDP
                        ? lies(query)
                        : List.of(answer(query, protocol).toWire());
            default ->
                List.of(withSoa(query, Math.max(0, Rcode.value(word.toUpperCase(Locale.ROOT))))
                        .toWire());
        };
    }

    private static Message reply(Message query, int rcode) {
        var reply = LoopbackServer.replyTo(query);
        reply.getHeader().setRcode(rcode);
        return reply;
    }

    private Message answer(Message query, Protocol protocol) {
        var reply = reply(query, Rcode.NOERROR);
        var name = query.getQuestion().getName();
        reply.addRecord(
                new TXTRecord(
                        name, DClass.IN, 60, number + " " + protocol.name().toLowerCase(Locale.ROOT)),
                Section.ANSWER);
        return reply;
    }

    private static Message cut(Message query) {
        var reply = reply(query, Rcode.NOERROR);
        reply.getHeader().setFlag(Flags.TC);
        return reply;
    }

    private static Message withSoa(Message query, int rcode) {
        var reply = reply(query, rcode);
        if (rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN) {
            var zone = Name.fromConstantString("test.");
            reply.addRecord(new SOARecord(zone, DClass.IN, 60, zone, zone, 1, 2, 3, 4, 60), Section.AUTHORITY);
        }
        return reply;
    }

    private List<byte[]> lies(Message query) throws IOException {
        var right = answer(query, Protocol.UDP).toWire();
        var wrongId = right.clone();
        wrongId[0] ^= 0x55;
        var other = new Message(query.getHeader().getID());
        other.getHeader().setFlag(Flags.QR);
        var question = Record.newRecord(
                Name.fromConstantString("other.test."), query.getQuestion().getType(), DClass.IN);
        other.addRecord(question, Section.QUESTION);
        var garbage = right.clone();
        Arrays.fill(garbage, 2, garbage.length, (byte) 0xff);
        var cutOff = Arrays.copyOf(right, right.length - 3);
        return List.of(wrongId, other.toWire(), garbage, new byte[] {1}, cutOff, right, right);
    }

    @Override
    public void close() {
        server.close();
    }
}
