package io.waymark.dns.plan;

import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.Transport;
import io.waymark.dns.plan.ListenerPlan.ServedZone;
import java.util.List;

/// A plan as text, for `check-config`: what is served where, and each block's stages in the order
/// in which they act, with every value; those that nobody wrote are marked `# default`.
/// Equal plans give equal texts.
public final class EffectiveConfig {
    private EffectiveConfig() {}

    /// Ends with a line end.
    public static String text(ServerPlan plan) {
        var text = new StringBuilder();
        for (ListenerPlan listener : plan.listeners()) {
            listener(text, listener);
        }
        for (BlockPlan block : plan.blocks()) {
            block(text, block);
        }
        return text.toString();
    }

    private static void listener(StringBuilder text, ListenerPlan listener) {
        String over = listener.transport() == Transport.DNS
                ? "UDP and TCP"
                : listener.transport().scheme();
        text.append("listen ")
                .append(listener.address())
                .append(" over ")
                .append(over)
                .append('\n');
        int width = width(listener.zones().stream()
                .map(served -> served.zone().toString())
                .toList());
        for (ServedZone served : listener.zones()) {
            cell(text.append("  "), served.zone().toString(), width)
                    .append("  block ")
                    .append(served.block().number())
                    .append('\n');
        }
    }

    private static void block(StringBuilder text, BlockPlan block) {
        text.append("\nblock ")
                .append(block.number())
                .append(" of ")
                .append(block.at())
                .append('\n');
        if (block.stages().isEmpty()) {
            text.append("  no stage: every question is refused\n");
        }
        for (Stage stage : block.stages()) {
            text.append("  ").append(stage.plugin()).append('\n');
            int names = width(stage.settings().stream().map(Setting::name).toList());
            int values = width(stage.settings().stream()
                    .filter(Setting::byDefault)
                    .map(Setting::value)
                    .toList());
            for (Setting setting : stage.settings()) {
                cell(text.append("    "), setting.name(), names).append("  ");
                if (setting.byDefault()) {
                    cell(text, setting.value(), values).append("  # default\n");
                } else {
                    text.append(setting.value()).append('\n');
                }
            }
        }
    }

    private static int width(List<String> cells) {
        return cells.stream().mapToInt(String::length).max().orElse(0);
    }

    private static StringBuilder cell(StringBuilder text, String cell, int width) {
        return text.append(cell).repeat(' ', width - cell.length());
    }
}
