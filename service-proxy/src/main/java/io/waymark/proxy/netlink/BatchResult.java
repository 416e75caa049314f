package io.waymark.proxy.netlink;

import java.util.List;
import java.util.stream.Collectors;

/// What became of a [Batch].
public sealed interface BatchResult {
    /// The kernel did all of it.
    record Committed() implements BatchResult {}

    /// The kernel did nothing of it.
    record Refused(List<Refusal> refusals) implements BatchResult {
        public Refused {
            refusals = List.copyOf(refusals);
        }

        /// Whether each of its refusals is for that reason.
        public boolean isAll(int errno) {
            return refusals.stream().allMatch(refusal -> refusal.errno() == errno);
        }

        @Override
        public String toString() {
            var first = refusals.stream().limit(3).map(Refusal::toString).collect(Collectors.joining("; "));
            int more = refusals.size() - 3;
            return "refused: " + first + (more > 0 ? "; and " + more + " more" : "");
        }
    }

    /// Replies were lost or late. It may have been done or not: read back what is there.
    record Unknown(String why) implements BatchResult {}

    /// One bad message.
    /// @param subject what the message is about
    /// @param errno   see [Errno]
    /// @param said    the kernel's own words; often empty
    record Refusal(String subject, int errno, String said) {
        @Override
        public String toString() {
            return subject + ": " + Errno.text(errno) + (said.isEmpty() ? "" : ", " + said);
        }
    }
}
