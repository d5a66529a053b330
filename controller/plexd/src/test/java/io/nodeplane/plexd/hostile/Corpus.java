package io.nodeplane.plexd.hostile;

import java.util.List;
import java.util.stream.Stream;

/** All hostile inputs. */
final class Corpus {
    private Corpus() {}

    /** Those that need no socket. */
    static List<Group> inMemory() {
        return List.of(
                EventGroup.group(),
                StreamGroup.group(),
                ObjectGroup.group(),
                HookGroup.group(),
                AuditGroup.group(),
                ConfigGroup.group());
    }

    static List<Group> all() {
        return Stream.concat(inMemory().stream(), BodyGroups.groups().stream()).toList();
    }
}
