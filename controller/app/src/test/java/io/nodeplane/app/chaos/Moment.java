package io.nodeplane.app.chaos;

import java.time.Duration;

/** Something that happens to a life at a time after its start; at zero before the process starts. */
sealed interface Moment {
    Duration at();

    /** The event streams end, once. */
    record StreamsCut(Duration at) implements Moment {}

    /** The disk of the data directory changes. */
    record Disk(Duration at, DataDisk.State state) implements Moment {}

    /** The wall clock jumps. */
    record Clock(Duration at, Duration away) implements Moment {}

    /** The way to the API server changes. */
    record Server(Duration at, ApiServerProxy.Mood mood) implements Moment {}
}
