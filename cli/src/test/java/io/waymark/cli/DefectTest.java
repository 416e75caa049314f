package io.waymark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefectTest {

    @Test
    void aThreadThatEndsByADefectEndsTheProcessAndKeepsTheEvidence() throws InterruptedException {
        var said = new StringWriter();
        var codes = new ArrayList<Integer>();
        var thread = Thread.ofPlatform().name("source-state").unstarted(() -> {
            throw new IllegalStateException("half an RRset");
        });
        thread.setUncaughtExceptionHandler(Main.ending(new PrintWriter(said, true), codes::add));
        thread.start();
        thread.join();
        assertThat(codes).isEqualTo(List.of(ExitCode.DEFECT));
        assertThat(said.toString()).contains("source-state", "half an RRset", "DefectTest");
    }
}
