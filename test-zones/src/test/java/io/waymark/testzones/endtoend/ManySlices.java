package io.waymark.testzones.endtoend;

import com.google.gson.Gson;
import io.waymark.testzones.peer.Api;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The slices of one headless Service of the Namespace `shop`, a hundred endpoints each, as the
/// EndpointSlice controller cuts them. The first endpoint of each has a hostname and stays; the
/// others are new after each change. One endpoint more, `moving`, goes from slice to slice.
///
/// Written by one thread; what it says of addresses is for when no change is under way.
final class ManySlices {
    private static final int ENDPOINTS = 100;
    private static final String MOVING = "10.9.9.9";
    private static final Gson GSON = new Gson();

    private final String service;
    private final int four;
    private final int six;
    /// How often each slice has changed.
    private final int[] changes;

    /// @param four how many slices of IPv4, the first ones
    /// @param six  how many of IPv6
    ManySlices(String service, int four, int six) {
        this.service = service;
        this.four = four;
        this.six = six;
        this.changes = new int[four + six];
    }

    String domain() {
        return service + ".shop.svc.cluster.local.";
    }

    /// The Service itself.
    static Map<String, Object> service(ManySlices slices) {
        var port = Map.of("name", "pg", "port", 5432, "protocol", "TCP");
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                Map.of("name", slices.service, "namespace", "shop"),
                "spec",
                Map.of("clusterIP", "None", "ports", List.of(port)));
    }

    /// All slices as they are at first.
    List<Map<String, Object>> objects() {
        var objects = new ArrayList<Map<String, Object>>();
        for (int slice = 0; slice < changes.length; slice++) {
            objects.add(Map.of(
                    "apiVersion",
                    "discovery.k8s.io/v1",
                    "kind",
                    "EndpointSlice",
                    "metadata",
                    Map.of(
                            "name",
                            service + "-" + slice,
                            "namespace",
                            "shop",
                            "labels",
                            Map.of("kubernetes.io/service-name", service)),
                    "addressType",
                    slice < four ? "IPv4" : "IPv6",
                    "ports",
                    List.of(Map.of("name", "pg", "port", 5432, "protocol", "TCP")),
                    "endpoints",
                    endpoints(slice, slice == 0 && hasNames())));
        }
        return objects;
    }

    /// The addresses of all endpoints.
    List<String> addresses() {
        var all = new ArrayList<String>();
        for (int slice = 0; slice < changes.length; slice++) {
            for (int endpoint = 0; endpoint < ENDPOINTS; endpoint++) {
                all.add(address(slice, endpoint));
            }
        }
        if (hasNames()) {
            all.add(MOVING);
        }
        return all;
    }

    /// The addresses of the endpoints that are there at each moment, by hostname; for a Service of two families.
    Map<String, String> stable() {
        var stable = new TreeMap<String, String>();
        for (int slice = 0; slice < four; slice++) {
            stable.put("stable-" + slice, address(slice, 0));
        }
        stable.put("moving", MOVING);
        return stable;
    }

    /// Changes one slice after the other, so many times: new endpoints, and `moving` among them before it
    /// leaves the slice where it was.
    void change(Api api, int steps) {
        int holder = 0;
        for (int step = 1; step <= steps; step++) {
            int slice = step % changes.length;
            changes[slice]++;
            patch(api, slice, slice < four);
            if (slice < four) {
                patch(api, holder, false);
                holder = slice;
            }
        }
    }

    private void patch(Api api, int slice, boolean hasMoving) {
        api.patch(
                "/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices/" + service + "-" + slice,
                GSON.toJson(Map.of("endpoints", endpoints(slice, hasMoving))));
    }

    private List<Map<String, Object>> endpoints(int slice, boolean hasMoving) {
        var endpoints = new ArrayList<Map<String, Object>>();
        for (int endpoint = 0; endpoint < ENDPOINTS; endpoint++) {
            var hostname = endpoint == 0 && slice < four && hasNames() ? "stable-" + slice : "";
            endpoints.add(endpoint(address(slice, endpoint), hostname));
        }
        if (hasMoving) {
            endpoints.add(endpoint(MOVING, "moving"));
        }
        return endpoints;
    }

    private boolean hasNames() {
        return six > 0;
    }

    private static Map<String, Object> endpoint(String address, String hostname) {
        var endpoint = new LinkedHashMap<String, Object>();
        endpoint.put("addresses", List.of(address));
        endpoint.put("conditions", Map.of("ready", true));
        if (!hostname.isEmpty()) {
            endpoint.put("hostname", hostname);
        }
        return endpoint;
    }

    /// The first endpoint's is the same for ever.
    private String address(int slice, int endpoint) {
        int turn = endpoint == 0 ? 0 : changes[slice];
        return slice < four
                ? "10.%d.%d.%d".formatted((hasNames() ? 20 : 10) + turn, slice, endpoint + 1)
                : "fd00:%x:%x::%x".formatted(turn + 1, slice, endpoint + 1);
    }
}
