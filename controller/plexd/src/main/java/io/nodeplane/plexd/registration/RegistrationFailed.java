package io.nodeplane.plexd.registration;

import org.jspecify.annotations.Nullable;

/** The node could not be registered; the message says to a person what to do. */
public final class RegistrationFailed extends Exception {
    private static final long serialVersionUID = 1;

    RegistrationFailed(String message) {
        super(message);
    }

    RegistrationFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
