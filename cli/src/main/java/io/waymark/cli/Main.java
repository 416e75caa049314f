package io.waymark.cli;

import io.waymark.cli.start.WarmUp;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntConsumer;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Where the process begins, and the only place that ends it.
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        WarmUp.begin(args);
        var out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Thread.setDefaultUncaughtExceptionHandler(ending(err, Runtime.getRuntime()::halt));
        System.exit(run(out, err, args));
    }

    /// For a thread that ends by a defect of ours, such as the one that keeps the cluster's state:
    /// without it the process would live on and answer from what was. Whoever supervises it starts
    /// it again. `end` is given an [ExitCode] and does not return.
    static Thread.UncaughtExceptionHandler ending(PrintWriter err, IntConsumer end) {
        return (thread, defect) -> {
            err.println("waymark: thread " + thread.getName()
                    + " has ended by a defect of Waymark, please report it with what follows");
            defect.printStackTrace(err);
            end.accept(ExitCode.DEFECT);
        };
    }

    /// Runs one command to its end.
    /// @return an [ExitCode]; never throws, whatever the command does
    static int run(PrintWriter out, PrintWriter err, String... args) {
        int code = commandLine(out, err, args).execute(args);
        out.flush();
        err.flush();
        return code;
    }

    /// A server is started often and in haste: where `args` ask for one, the other commands, which
    /// cost as much to set up again, are left out.
    static CommandLine commandLine(PrintWriter out, PrintWriter err, String... args) {
        var commands = new CommandLine(new WaymarkCommand());
        switch (args.length == 0 ? "" : args[0]) {
            case "dns" -> commands.addSubcommand(new DnsCommand());
            case "proxy" -> commands.addSubcommand(ProxyCommand.commandLine());
            default ->
                commands.addSubcommand(new DnsCommand())
                        .addSubcommand(ProxyCommand.commandLine())
                        .addSubcommand(new KubeDnsCommand())
                        .addSubcommand(new CheckConfigCommand())
                        .addSubcommand(new CompletionCommand())
                        .addSubcommand(new TrainCommand());
        }
        return commands.setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(Main::usage)
                .setExecutionExceptionHandler(Main::failure);
    }

    /// A wrong command line: what is wrong, what was perhaps meant, where to read on. One line.
    private static int usage(ParameterException wrong, String[] args) {
        var command = wrong.getCommandLine();
        var name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + wrong.getMessage() + meant(wrong) + "; see " + name + " --help");
        return ExitCode.USAGE;
    }

    private static String meant(ParameterException wrong) {
        return wrong instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getSuggestions().isEmpty()
                ? ", did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?"
                : "";
    }

    /// What the world refused is one line; a defect of ours keeps its trace, for the report of it.
    private static int failure(Exception cause, CommandLine command, ParseResult parsed) {
        var name = command.getCommandSpec().qualifiedName();
        if (cause instanceof CommandException refused) {
            command.getErr().println(name + ": " + refused.getMessage());
            return refused.exitCode();
        }
        command.getErr()
                .println(name + ": a defect of Waymark, please report it with what follows: "
                        + Optional.ofNullable(cause.getMessage()).orElse("no message"));
        cause.printStackTrace(command.getErr());
        return ExitCode.DEFECT;
    }
}
