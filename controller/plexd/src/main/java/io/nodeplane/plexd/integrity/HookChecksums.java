package io.nodeplane.plexd.integrity;

import java.util.Map;

/** The hooks of this node as they are now. */
@FunctionalInterface
public interface HookChecksums {
    /** From path to lower-case hex SHA-256. */
    Map<String, String> read();
}
