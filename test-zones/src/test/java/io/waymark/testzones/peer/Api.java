package io.waymark.testzones.peer;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.waymark.source.kubernetes.http.AnyoneTrusted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// What a test does to a Kubernetes API: objects applied, changed and deleted. Each request is
/// validated strictly: a field that the server does not know is an error, not a warning.
///
/// Any thread may use it. A request that the server refuses throws [ApiRefusal].
public final class Api {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String STRICT = "fieldManager=lab&fieldValidation=Strict";
    private static final Gson GSON = new Gson();

    private final String server;
    private final String token;
    private final HttpClient client;

    /// Talks to `server`, such as `https://127.0.0.1:6443`, whose certificate is not looked at.
    public Api(String server, String token) {
        this.server = server;
        this.token = token;
        this.client = HttpClient.newBuilder().sslContext(trustingAll()).build();
    }

    /// The server said no: its status code and its words.
    public static final class ApiRefusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        ApiRefusal(String method, String path, int status, String body) {
            super(method + " " + path + ": " + status + " " + body);
        }
    }

    /// Whether `/readyz` says ok.
    public boolean isReady() {
        try {
            return client.send(request("/readyz").GET().build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Applies each object of a YAML text: several documents, `List` kinds too. What exists is
    /// changed to what is said (server-side apply). The status of a Pod or Service is written as well.
    public void apply(String yaml) {
        read(yaml).forEach(this::apply);
    }

    /// Applies the objects of all `.yaml` files in `folder`, by name, those of Namespaces first. A
    /// `kustomization.yaml` is no object.
    public void applyFolder(Path folder) {
        var objects = new ArrayList<Map<String, Object>>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Api::isManifest).sorted().toList()) {
                objects.addAll(read(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the manifests in " + folder + " cannot be read", e);
        }
        objects.sort((a, b) -> Boolean.compare(!isNamespace(a), !isNamespace(b)));
        objects.forEach(this::apply);
    }

    private static boolean isManifest(Path file) {
        return file.toString().endsWith(".yaml") && !file.endsWith("kustomization.yaml");
    }

    /// Applies one object, as YAML libraries read it.
    public void apply(Map<String, Object> object) {
        var reference = ObjectReference.of(object);
        var body = new LinkedHashMap<>(object);
        var status = body.remove("status");
        send("PATCH", reference.path() + "?force=true&" + STRICT, "application/apply-patch+yaml", GSON.toJson(body));
        if (status != null) {
            var patch = GSON.toJson(Map.of("status", status));
            send("PATCH", reference.path() + "/status?" + STRICT, "application/merge-patch+json", patch);
        }
    }

    /// Creates many objects, several requests in flight, and returns when all exist.
    public void createAll(Iterable<Map<String, Object>> objects) {
        var flying = new ArrayList<CompletableFuture<?>>();
        for (var object : objects) {
            var reference = ObjectReference.of(object);
            var request = request(reference.collection() + "?" + STRICT)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(GSON.toJson(object)))
                    .build();
            flying.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .thenAccept(response -> accept("POST", reference.collection(), response)));
            if (flying.size() == 32) {
                flying.forEach(CompletableFuture::join);
                flying.clear();
            }
        }
        flying.forEach(CompletableFuture::join);
    }

    /// Changes an object by a JSON merge patch (RFC 7396); `path` as in [#get].
    public void patch(String path, String merge) {
        send("PATCH", path + "?" + STRICT, "application/merge-patch+json", merge);
    }

    /// Deletes the object at `path` at once, without grace.
    public void delete(String path) {
        send("DELETE", path + "?gracePeriodSeconds=0", "application/json", "");
    }

    /// The object at `path`, such as `/api/v1/namespaces/shop/services/cart`.
    public JsonObject get(String path) {
        return GSON.fromJson(send("GET", path, "application/json", ""), JsonObject.class);
    }

    /// The objects of a YAML text, `List` kinds unfolded, empty documents left out.
    public static List<Map<String, Object>> read(String yaml) {
        var objects = new ArrayList<Map<String, Object>>();
        for (var document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml)) {
            if (document instanceof Map<?, ?> map) {
                unfold(stringKeyed(map), objects);
            }
        }
        return objects;
    }

    private static void unfold(Map<String, Object> object, List<Map<String, Object>> into) {
        if (object.get("items") instanceof List<?> items) {
            items.forEach(item -> unfold(stringKeyed((Map<?, ?>) item), into));
        } else {
            into.add(object);
        }
    }

    private static Map<String, Object> stringKeyed(Map<?, ?> map) {
        var result = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> result.put(String.valueOf(key), value));
        return result;
    }

    private static boolean isNamespace(Map<String, Object> object) {
        return "Namespace".equals(object.get("kind"));
    }

    private String send(String method, String path, String contentType, String body) {
        var request = request(path)
                .header("Content-Type", contentType)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return accept(method, path, client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + method + " " + path, e);
        }
    }

    private static String accept(String method, String path, HttpResponse<String> response) {
        if (response.statusCode() >= 300) {
            throw new ApiRefusal(method, path, response.statusCode(), response.body());
        }
        return response.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server + path))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + token);
    }

    /// The server made its certificate itself a moment ago, and its address is loopback.
    private static SSLContext trustingAll() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyoneTrusted()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each JDK has TLS", e);
        }
    }
}
