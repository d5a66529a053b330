package io.nodeplane.scale;

import java.io.IOException;
import java.util.List;

/** A part of the run: something happens to all agents, and rows of the table come of it. */
interface Phase {
    String name();

    List<Row> run(Scene scene) throws IOException, InterruptedException;
}
