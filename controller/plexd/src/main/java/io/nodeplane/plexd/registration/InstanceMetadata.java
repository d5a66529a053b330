package io.nodeplane.plexd.registration;

import java.io.IOException;
import java.time.Duration;

/** The cloud's instance metadata service. */
@FunctionalInterface
public interface InstanceMetadata {
    /**
     * The text at a path.
     *
     * @param timeout of each request
     * @throws IOException when the service does not answer or does not have it
     */
    String read(String path, Duration timeout) throws IOException, InterruptedException;
}
