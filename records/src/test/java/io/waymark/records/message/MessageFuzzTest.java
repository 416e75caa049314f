package io.waymark.records.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// The codec under Jazzer. The normal tests replay the kept inputs, which lie among the resources
/// under this class's name; `./mvnw -Pfuzz -pl records test` looks for more.
class MessageFuzzTest {
    private static final int NO_DAMAGE_BELOW = 30_000;

    @FuzzTest(maxDuration = "3m")
    void anyOctets(byte[] octets) {
        parseAndCompose(octets);
        answer(octets);
    }

    /// What parses composes again; and to the same message, as long as truncation cannot come in.
    private static void parseAndCompose(byte[] octets) {
        if (MessageParser.parse(octets, 0, octets.length) instanceof MessageParse.Parsed(var message, var end)) {
            assertThat(end).isLessThanOrEqualTo(octets.length);
            assertThat(MessageComposer.compose(message, 512).length).isLessThanOrEqualTo(512);
            var composed = MessageComposer.compose(message, Message.OCTETS_MAX);
            if (composed.length < NO_DAMAGE_BELOW) {
                assertThat(MessageParser.parse(composed, 0, composed.length))
                        .isInstanceOfSatisfying(
                                MessageParse.Parsed.class,
                                again -> assertThat(again.message()).isEqualTo(message));
            }
        }
    }

    private static void answer(byte[] octets) {
        var reply = switch (Query.parse(octets, 0, octets.length)) {
            case Query query -> {
                assertThat(MessageParser.parse(octets, 0, octets.length)).isNotNull();
                yield ReplyComposer.compose(query, Reply.of(Rcode.REFUSED), 512);
            }
            case QueryParse.Refuse refuse -> refuse.reply();
            case QueryParse.Ignore ignore -> null;
        };
        if (reply != null) {
            assertThat(MessageParser.parse(reply, 0, reply.length)).isInstanceOf(MessageParse.Parsed.class);
        }
    }
}
