package io.nodeplane.plexd.hostile;

import java.io.InputStream;

/** Puts one input through real code of the agent and tells in one line what came of it. */
@FunctionalInterface
interface Trial {
    /** What came of it: a verdict, a fault, what was kept. A bug is an exception. */
    String outcome(InputStream input) throws Exception;
}
