package io.nodeplane.app;

import io.nodeplane.plexd.environment.KubernetesEnvironment;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command gets from the one who calls it, and where it answers.
 *
 * @param serviceAccount directory with the account of a pod; missing outside
 */
record Console(Map<String, String> variables, PrintStream out, PrintStream err, Path serviceAccount) {
    /** Of a process that finds its account where the kubelet puts it. */
    Console(Map<String, String> variables, PrintStream out, PrintStream err) {
        this(variables, out, err, KubernetesEnvironment.SERVICE_ACCOUNT);
    }
}
