package io.waymark.source.kubernetes;

import io.waymark.source.kubernetes.http.ApiServer;
import io.waymark.source.kubernetes.http.HttpConnection;
import io.waymark.source.kubernetes.http.HttpReply;
import io.waymark.source.kubernetes.json.ConfigMapJson;
import io.waymark.source.kubernetes.json.ConfigMapJson.Event;
import io.waymark.source.kubernetes.pace.Backoff;
import io.waymark.source.kubernetes.pace.Timing;
import io.waymark.source.kubernetes.protobuf.ApiStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Follows one ConfigMap: a list of it alone, then a watch from there on; whenever that ends, for whatever
/// reason, a list again, which costs one small object. While the server cannot be reached, what it said last
/// counts on. The rights that it takes: `list` and `watch` of this one name.
///
/// Lifecycle: [#ConfigMapWatch], following on a thread of its own, [#close]. Any thread may read.
public final class ConfigMapWatch implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(2);
    private static final String TYPE = "application/json";

    private final ApiServer server;
    private final String name;
    private final String target;
    private final Timing timing;
    private final SourceLog log;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Backoff backoff;
    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread following;
    private volatile @Nullable Map<String, String> data;
    private volatile String trouble = "";
    private volatile Runnable changed = () -> {};

    /// Begins to follow. `namespace` and `name` must be names of Kubernetes objects.
    public ConfigMapWatch(KubernetesConfig config, String namespace, String name) {
        this(config, namespace, name, Timing.DEFAULT, SourceLog.slf4j());
    }

    ConfigMapWatch(KubernetesConfig config, String namespace, String name, Timing timing, SourceLog log) {
        for (var part : new String[] {namespace, name}) {
            if (!part.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")) {
                throw new IllegalArgumentException("\"" + part + "\" is no name of a Kubernetes object");
            }
        }
        this.server = config.server();
        this.name = "ConfigMap " + namespace + "/" + name;
        this.target = "/api/v1/namespaces/" + namespace + "/configmaps?fieldSelector=metadata.name%3D" + name;
        this.timing = timing;
        this.log = log;
        this.backoff = new Backoff(timing.retryFirst(), timing.retryMax(), random);
        this.following = Thread.ofPlatform().daemon().name("source-configmap").unstarted(this::follow);
        following.start();
    }

    /// Called after each change from now on, on the thread of this watch. It must not block, nor throw.
    public void onChange(Runnable work) {
        changed = work;
    }

    /// Its `data` by key, as of now; empty if there is no such ConfigMap. Waits for the first answer of the
    /// server, within the limits of a request. Throws an [IOException] that says why if there is none yet.
    public Map<String, String> read() throws IOException {
        try {
            var limit = timing.connect().multipliedBy(2).plus(timing.list().idle());
            if (!first.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException(server.location() + " has not answered yet");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + server.location() + " was asked", hurried);
        }
        var now = data;
        if (now == null) {
            throw new IOException(trouble);
        }
        return now;
    }

    private void follow() {
        try {
            while (!isEnded()) {
                try {
                    round();
                } catch (IOException failure) {
                    failed(FailureText.of(failure));
                }
            }
        } catch (InterruptedException closed) {
            // It was closed while it waited: there is nothing left to do.
            return;
        }
    }

    private boolean isEnded() {
        return ended.getCount() == 0;
    }

    /// What can be done on one connection.
    private void round() throws IOException {
        try (var connection = server.open(timing.connect())) {
            boolean usable = true;
            while (usable && !isEnded()) {
                connection.send(target, TYPE, "identity");
                var reply = accepted(connection.receive(timing.list()));
                var listed = ConfigMapJson.list(reply.body());
                is(listed.data());
                usable = connection.finish(reply) && watch(connection, listed.version());
            }
        }
    }

    /// @return whether the connection can be used further
    private boolean watch(HttpConnection connection, long version) throws IOException {
        int seconds = (int) timing.watchFor().toSeconds();
        connection.send(
                target + "&watch=true&allowWatchBookmarks=true&resourceVersion=" + version + "&timeoutSeconds="
                        + (seconds + random.nextInt(seconds + 1)),
                TYPE,
                "identity");
        var reply = accepted(connection.receive(timing.watchHead()));
        regained();
        long begun = System.nanoTime();
        var events = new ConfigMapJson(reply.body());
        while (true) {
            connection.extend(timing.watchSilence());
            switch (events.next()) {
                case Event.Changed(var now) -> is(now);
                case Event.Bookmark() -> {}
                case Event.Failed(var status) -> throw new IOException(status.toString());
                case Event.Ended() -> {
                    if (System.nanoTime() - begun < Duration.ofSeconds(1).toNanos()) {
                        throw new IOException("the server ended a watch as soon as it began");
                    }
                    return connection.finish(reply);
                }
            }
            backoff.succeeded();
        }
    }

    private HttpReply accepted(HttpReply reply) throws IOException {
        int status = reply.status();
        if (status == 200) {
            return reply;
        }
        if (status == 401) {
            server.credential().refused();
        }
        var why = Optional.of(ConfigMapJson.refusal(reply.refusal()))
                .filter(refusal -> refusal.code() != 0)
                .map(ApiStatus::toString)
                .orElse("status " + status);
        throw new IOException(
                status == 403 ? why + " (a Role bound to this user must allow list and watch of this ConfigMap)" : why);
    }

    private void is(Map<String, String> now) {
        boolean same = now.equals(data);
        data = now;
        first.countDown();
        if (!same) {
            changed.run();
        }
    }

    private void failed(String why) throws InterruptedException {
        if (isEnded()) {
            return;
        }
        // Whoever waits for the first answer is told by [#read]; that a watch was cut once is no news.
        boolean lost = data != null && backoff.failures() > 0;
        if (lost && trouble.isEmpty()) {
            log.warn(name + " of " + server.location() + " cannot be followed: " + why
                    + "; what it said last counts on, and it is tried again");
        }
        if (lost || data == null) {
            trouble = why;
        }
        first.countDown();
        if (ended.await(backoff.next().toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("closed while waiting for the next attempt");
        }
    }

    private void regained() {
        if (!trouble.isEmpty()) {
            trouble = "";
            log.info(name + " of " + server.location() + " is followed again");
        }
    }

    /// Returns once nothing is called any more; two seconds at most.
    @Override
    public void close() {
        ended.countDown();
        server.close();
        following.interrupt();
        try {
            following.join(END);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
