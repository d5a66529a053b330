package io.nodeplane.plexd.audit;

import java.io.IOException;

/** A line of the audit log that is JSON but no audit event, or not even JSON; says what is missing. */
final class NotAnEvent extends IOException {
    private static final long serialVersionUID = 1;

    NotAnEvent(String message) {
        super(message);
    }
}
