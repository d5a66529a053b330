package io.nodeplane.plexd.follow;

import java.io.IOException;
import java.util.Optional;

/** Where positions survive a restart. */
public interface Positions {
    /** The position of a name, if one was saved and can be read. */
    Optional<FilePosition> load(String name);

    /**
     * Replaces the position of a name, durably.
     *
     * @throws IOException when it cannot be stored; a restart then reads again from the older position
     */
    void save(String name, FilePosition position) throws IOException;
}
