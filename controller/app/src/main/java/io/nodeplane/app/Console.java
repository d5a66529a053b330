package io.nodeplane.app;

import java.io.PrintStream;
import java.util.Map;

/** What a command gets from the one who calls it, and where it answers. */
record Console(Map<String, String> variables, PrintStream out, PrintStream err) {}
