package io.waymark.proxy.nftables;

import io.waymark.proxy.netlink.TestNamespace;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A node with three Pods and a client outside, each a network namespace, joined by veth pairs:
/// ```
/// client 192.0.2.10 fd00:192::10 ── 192.0.2.1 fd00:192::1 node ┬ pod1 10.244.0.1 fd00:244::1
///        198.51.100.10 beside it                               ├ pod2 10.244.0.2 fd00:244::2
///                                                              └ pod3 10.244.0.3 fd00:244::3
/// ```
public final class PacketLab implements AutoCloseable {
    private static final int ANSWER_MILLIS = 1500;
    private static final int SILENCE_MILLIS = 300;
    /// A refusal that comes back within connect(2) itself, over veth pairs, is only heard when the first
    /// packet is repeated after a second.
    private static final int CONNECT_MILLIS = 1300;

    public final TestNamespace node = TestNamespace.make();
    public final TestNamespace client = TestNamespace.make();
    public final List<TestNamespace> pods = List.of(TestNamespace.make(), TestNamespace.make(), TestNamespace.make());

    public PacketLab() {
        forward();
        shell(node, "ip link add client0 type veth peer name eth0 netns " + client.path());
        shell(node, "ip addr add 192.0.2.1/24 dev client0; ip addr add fd00:192::1/64 dev client0 nodad");
        shell(client, "ip addr add 192.0.2.10/24 dev eth0; ip addr add 198.51.100.10/32 dev eth0");
        shell(client, "ip addr add fd00:192::10/64 dev eth0 nodad");
        shell(client, "ip link set eth0 up");
        shell(node, "ip link set client0 up; ip route add 198.51.100.10/32 dev client0");
        shell(node, "ip route add default via 192.0.2.10; ip -6 route add default via fd00:192::10");
        shell(client, "ip route add default via 192.0.2.1; ip -6 route add default via fd00:192::1");
        for (int i = 1; i <= pods.size(); i++) {
            pod(i, pods.get(i - 1));
        }
    }

    private void forward() {
        // Nobody else has these addresses: no waiting for neighbours that might object.
        for (var namespace : List.of(node, client, pods.get(0), pods.get(1), pods.get(2))) {
            shell(namespace, "echo 0 > /proc/sys/net/ipv6/conf/default/accept_dad");
        }
        shell(node, "echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding");
        // Refusals come thick here; the kernel would send six, and then one a second.
        shell(node, "echo 0 > /proc/sys/net/ipv4/icmp_ratelimit; echo 0 > /proc/sys/net/ipv6/icmp/ratelimit");
        shell(node, "ip addr add 10.244.0.254/32 dev lo");
    }

    private void pod(int number, TestNamespace pod) {
        var four = "10.244.0." + number;
        var six = "fd00:244::" + number;
        shell(node, "ip link add pod" + number + " type veth peer name eth0 netns " + pod.path());
        shell(pod, "ip addr add " + four + "/32 dev eth0; ip addr add " + six + "/128 dev eth0 nodad");
        shell(pod, "ip link set eth0 up; ip route add 10.244.0.254 dev eth0; ip route add default via 10.244.0.254");
        shell(pod, "ip -6 route add fd00:244::fe dev eth0; ip -6 route add default via fd00:244::fe dev eth0");
        shell(node, "ip link set pod" + number + " up; ip route add " + four + " dev pod" + number);
        shell(node, "ip addr add fd00:244::fe/128 dev pod" + number + " nodad");
        shell(node, "ip -6 route add " + six + " dev pod" + number);
        serve(pod, "pod" + number, 8080);
    }

    private static void shell(TestNamespace namespace, String commands) {
        namespace.command("sh", "-ec", commands);
    }

    /// Answers each connection and each datagram with the name and who asked.
    void serve(TestNamespace pod, String name, int port) {
        pod.run(() -> {
            var tcp = new ServerSocket(port, 512);
            var udp = new DatagramSocket(port);
            // A thread is born into the namespace of who starts it.
            Thread.ofPlatform().daemon().start(() -> streams(tcp, name));
            Thread.ofPlatform().daemon().start(() -> datagrams(udp, name));
            return true;
        });
    }

    private static void streams(ServerSocket server, String name) {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                answer(socket, name);
            } catch (IOException gone) {
                continue; // who asked did not wait for the answer
            }
        }
    }

    private static void answer(Socket socket, String name) throws IOException {
        var who = name + " " + socket.getInetAddress().getHostAddress();
        socket.getOutputStream().write(who.getBytes(StandardCharsets.UTF_8));
    }

    private static void datagrams(DatagramSocket socket, String name) {
        var packet = new DatagramPacket(new byte[64], 64);
        try {
            while (true) {
                socket.receive(packet);
                var who = name + " " + packet.getAddress().getHostAddress();
                packet.setData(who.getBytes(StandardCharsets.UTF_8));
                socket.send(packet);
                packet.setData(new byte[64]);
            }
        } catch (IOException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// Who answers: a name and the address that it saw; or `refused`, or `dropped`.
    public String ask(TestNamespace from, String protocol, String address, int port) {
        return ask(from, protocol, "", address, port);
    }

    /// @param source the address to ask from; empty leaves it to the kernel
    public String ask(TestNamespace from, String protocol, String source, String address, int port) {
        return from.run(() -> {
            var to = new InetSocketAddress(InetAddress.getByName(address), port);
            return protocol.equals("TCP") ? connect(source, to) : send(source, to);
        });
    }

    static String connect(String source, InetSocketAddress to) throws IOException {
        try (var socket = new Socket()) {
            if (!source.isEmpty()) {
                socket.bind(new InetSocketAddress(source, 0));
            }
            socket.connect(to, CONNECT_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException silence) {
            return "dropped";
        } catch (ConnectException refused) {
            return "refused";
        }
    }

    private static String send(String source, InetSocketAddress to) throws IOException {
        try (var socket =
                source.isEmpty() ? new DatagramSocket() : new DatagramSocket(new InetSocketAddress(source, 0))) {
            socket.connect(to);
            socket.setSoTimeout(SILENCE_MILLIS);
            var packet = new DatagramPacket(new byte[64], 64);
            socket.send(new DatagramPacket(new byte[] {'?'}, 1));
            socket.receive(packet);
            return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException silence) {
            return "dropped";
        } catch (PortUnreachableException refused) {
            return "refused";
        } catch (IOException denied) {
            // So the kernel answers a local process whose packet it drops or rejects on its way out.
            return "denied";
        }
    }

    @Override
    public void close() {
        pods.forEach(TestNamespace::close);
        client.close();
        node.close();
    }
}
