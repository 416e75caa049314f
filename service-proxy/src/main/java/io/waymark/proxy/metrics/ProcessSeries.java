package io.waymark.proxy.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What the kernel knows of this process (proc(5)), under the names that Prometheus' clients have in
/// common. Read when it is asked for; what cannot be read is 0.
final class ProcessSeries {
    private static final Path PROC = Path.of("/proc/self");
    private static final double TICKS_PER_SECOND = 100;

    private ProcessSeries() {}

    static List<Series> all() {
        var cpu = new Series.Gauge("process_cpu_seconds_total", "counter", "CPU time of user and system.");
        cpu.show(Labels.NONE, ProcessSeries::cpuSeconds);
        var resident = new Series.Gauge("process_resident_memory_bytes", "Memory that is resident.");
        resident.show(Labels.NONE, () -> status("VmRSS:"));
        var virtual = new Series.Gauge("process_virtual_memory_bytes", "Memory that is mapped.");
        virtual.show(Labels.NONE, () -> status("VmSize:"));
        var open = new Series.Gauge("process_open_fds", "Open file descriptors.");
        open.show(Labels.NONE, ProcessSeries::openFiles);
        var max = new Series.Gauge("process_max_fds", "File descriptors that may be open.");
        max.show(Labels.NONE, () -> number("limits", "Max open files"));
        var start = new Series.Gauge("process_start_time_seconds", "When the process began, in Unix time.");
        start.show(Labels.NONE, ProcessSeries::start);
        return List.of(cpu, resident, virtual, open, max, start);
    }

    // The name of the program is in parentheses and may hold anything; behind it the third field stands
    // first, so the 14th and 15th, utime and stime, are 11 and 12.
    private static double cpuSeconds() {
        return lines("stat")
                .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" "))
                .filter(fields -> fields.length > 12)
                .mapToDouble(fields -> (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND)
                .findFirst()
                .orElse(0);
    }

    // `VmRSS:	   54321 kB`
    private static double status(String name) {
        return number("status", name) * 1024;
    }

    private static double number(String file, String name) {
        return lines(file)
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip().split("\\s+")[0])
                .filter(text -> text.matches("[0-9]+"))
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElse(0);
    }

    private static double openFiles() {
        try (var files = Files.list(PROC.resolve("fd"))) {
            return (double) files.count();
        } catch (IOException noProc) {
            return 0;
        }
    }

    private static double start() {
        return ProcessHandle.current().info().startInstant().stream()
                .mapToDouble(instant -> instant.toEpochMilli() / 1e3)
                .findFirst()
                .orElse(0);
    }

    private static Stream<String> lines(String file) {
        try {
            return Files.readAllLines(PROC.resolve(file)).stream();
        } catch (IOException noProc) {
            return Stream.empty();
        }
    }
}
