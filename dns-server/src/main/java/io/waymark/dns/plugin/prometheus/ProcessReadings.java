package io.waymark.dns.plugin.prometheus;

import io.waymark.dns.metrics.MetricKind;
import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.metrics.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What the kernel knows of this process, under the names that Prometheus' clients have in common.
/// Read from `/proc` at each scrape; where there is none, these families are left out.
final class ProcessReadings {
    /// Of a clock tick, as the kernel shows it to processes on all platforms of ours.
    private static final double TICKS_PER_SECOND = 100;

    /// What Go writes for a limit that there is not: 2^64 - 1.
    private static final double UNLIMITED = 0x1p64;

    private final Path proc;

    /// @param proc the folder of a process as in `/proc`
    ProcessReadings(Path proc) {
        this.proc = proc;
    }

    void register(Metrics metrics) {
        counter(metrics, "process_cpu_seconds_total", "CPU time of user and system, in seconds.", this::cpuSeconds);
        gauge(metrics, "process_open_fds", "Open file descriptors.", this::openFiles);
        gauge(metrics, "process_max_fds", "File descriptors that may be open.", () -> limit("Max open files"));
        gauge(metrics, "process_resident_memory_bytes", "Memory that is resident.", () -> status("VmRSS:"));
        gauge(metrics, "process_virtual_memory_bytes", "Memory that is mapped.", () -> status("VmSize:"));
        gauge(
                metrics,
                "process_virtual_memory_max_bytes",
                "Memory that may be mapped.",
                () -> limit("Max address space"));
        gauge(metrics, "process_start_time_seconds", "When the process began, in Unix time.", this::start);
        counter(
                metrics,
                "process_network_receive_bytes_total",
                "Octets of IP that came into the network namespace.",
                () -> network("InOctets"));
        counter(
                metrics,
                "process_network_transmit_bytes_total",
                "Octets of IP that left the network namespace.",
                () -> network("OutOctets"));
    }

    private static void counter(Metrics metrics, String name, String help, Supplier<OptionalDouble> value) {
        metrics.collect(MetricKind.COUNTER, name, help, List.of(), () -> readings(value.get()));
    }

    private static void gauge(Metrics metrics, String name, String help, Supplier<OptionalDouble> value) {
        metrics.collect(MetricKind.GAUGE, name, help, List.of(), () -> readings(value.get()));
    }

    private static List<Reading> readings(OptionalDouble value) {
        return value.stream()
                .<Reading>mapToObj(number -> new Reading.Value(List.of(), number))
                .toList();
    }

    // proc(5): the name of the program is in parentheses and may hold anything; behind it the third
    // field stands first, so the 14th and 15th, utime and stime, are 11 and 12.
    private OptionalDouble cpuSeconds() {
        return lines("stat").findFirst().stream()
                .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" "))
                .filter(fields -> fields.length > 12)
                .mapToDouble(fields -> (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND)
                .findFirst();
    }

    private OptionalDouble openFiles() {
        try (var files = Files.list(proc.resolve("fd"))) {
            return OptionalDouble.of((double) files.count());
        } catch (IOException noProc) {
            return OptionalDouble.empty();
        }
    }

    // `Max open files            1024                 524288               files`
    private OptionalDouble limit(String name) {
        return lines("limits")
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip().split(" +")[0])
                .mapToDouble(soft -> soft.equals("unlimited") ? UNLIMITED : Double.parseDouble(soft))
                .findFirst();
    }

    // `VmRSS:	   54321 kB`
    private OptionalDouble status(String name) {
        return lines("status")
                .filter(line -> line.startsWith(name))
                .mapToDouble(line ->
                        Double.parseDouble(line.substring(name.length()).strip().split(" ")[0]) * 1024)
                .findFirst();
    }

    private OptionalDouble start() {
        return ProcessHandle.current().info().startInstant().stream()
                .mapToDouble(instant -> instant.toEpochMilli() / 1e3)
                .findFirst();
    }

    // Two lines, the names above the numbers.
    private OptionalDouble network(String name) {
        var lines =
                lines("net/netstat").filter(line -> line.startsWith("IpExt:")).toList();
        if (lines.size() < 2) {
            return OptionalDouble.empty();
        }
        int column = Arrays.asList(lines.get(0).split(" ")).indexOf(name);
        var numbers = lines.get(1).split(" ");
        return column > 0 && column < numbers.length
                ? OptionalDouble.of(Double.parseDouble(numbers[column]))
                : OptionalDouble.empty();
    }

    private Stream<String> lines(String file) {
        try {
            return Files.readAllLines(proc.resolve(file)).stream();
        } catch (IOException noProc) {
            return Stream.empty();
        }
    }
}
