package io.nodeplane.plexd.hooks;

import java.util.List;
import java.util.Optional;

/**
 * The pod of a Job, as far as it tells why the Job stands where it stands.
 *
 * @param waiting what its container waits for, for example {@code ErrImagePull: …}; may be empty
 * @param exitCode of the container that ended
 * @param reason word for the end of container or pod, for example {@code OOMKilled}; may be empty
 * @param message the container's or the kubelet's own words; may be empty
 * @param lastLines end of the container's log
 */
record PodObserved(String waiting, Optional<Integer> exitCode, String reason, String message, List<String> lastLines) {
    PodObserved {
        lastLines = List.copyOf(lastLines);
    }
}
