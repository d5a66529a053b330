package io.nodeplane.plexd.platform;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells once what was met and is not understood, where the contract leaves things open (protocol facts 11.3): a newer
 * control plane is no fault, and saying so at every pull would be noise. Thread-safe.
 */
final class Curiosities {
    private static final Logger LOG = LoggerFactory.getLogger(Curiosities.class);

    /** Kinds of things that are remembered; a server that invents words must not fill the memory or the log. */
    private static final int MOST = 64;

    /** Longest text of the server's that is repeated. */
    private static final int LONGEST = 80;

    private final Set<String> told = new HashSet<>();

    /**
     * Meets something.
     *
     * @param what kind of thing, with what the agent does about it
     * @param name the server's word for it
     */
    void met(String what, String name) {
        var shown = name.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ");
        var cut = shown.length() > LONGEST ? shown.substring(0, LONGEST) + "…" : shown;
        if (isNews(what + ' ' + cut)) {
            LOG.atInfo().addKeyValue("name", cut).log(what);
        }
    }

    private synchronized boolean isNews(String thing) {
        return told.size() < MOST && told.add(thing);
    }
}
