package io.nodeplane.app.chaos;

import java.util.List;
import java.util.Random;

/** Something that is wanted of a node while its agents live and die, and what must have come of it in the end. For one thread. */
interface Trial {
    /** Lines of the agent's configuration. */
    default String config() {
        return "";
    }

    /** Once, when the node is registered and no agent runs. */
    default void begin() throws Exception {}

    /** Wants one more thing; often, while an agent may be running. */
    void act(Random random) throws Exception;

    /** Lets the world around go on: asks again for what has no answer yet. Often in the last life, when nothing new is wanted. */
    default void goOn() throws Exception {}

    /** What has not come true yet; none when the node may be left. */
    List<String> open() throws Exception;

    /** What must never have happened and did. Asked once, when no agent runs. */
    List<String> violations() throws Exception;

    /** What was wanted, for people: {@code 12 reports}. */
    String told();

    /** Wants nothing more. */
    default void end() throws Exception {}
}
