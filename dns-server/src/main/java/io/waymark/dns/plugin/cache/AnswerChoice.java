package io.waymark.dns.plugin.cache;

import io.waymark.dns.plugin.cache.CacheStage.ServeStale;
import io.waymark.dns.plugin.cache.ReplyReading.Kind;
import org.jspecify.annotations.Nullable;

/// Which of the answers that are kept of one question is served. Pure.
///
/// | there is | served is |
/// |---|---|
/// | one whose time, and that of `serve_stale`, is over | none |
/// | an answer and a failure | the answer |
/// | an answer and a denial | the newer one, with `prefer_positive` the answer |
final class AnswerChoice {
    private AnswerChoice() {}

    /// Null if the question has to be asked.
    static @Nullable KeptAnswer of(
            @Nullable KeptAnswer success, @Nullable KeptAnswer denial, long now, ServeStale stale) {
        if (stale.preferPositive() && success != null) {
            var answering = success.answering().filter(answer -> answer.serves(now, stale.upTo()));
            if (answering.isPresent()) {
                return answering.get();
            }
        }
        var answer = success != null && success.serves(now, stale.upTo()) ? success : null;
        var refusal = denial != null && denial.serves(now, stale.upTo()) ? denial : null;
        if (answer == null || refusal == null) {
            return answer == null ? refusal : answer;
        }
        return refusal.reading().kind() == Kind.FAILURE || answer.isNewerThan(refusal) ? answer : refusal;
    }
}
