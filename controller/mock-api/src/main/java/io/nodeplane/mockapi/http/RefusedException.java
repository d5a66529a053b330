package io.nodeplane.mockapi.http;

/**
 * A request that is refused: its status and a message that names the field. Translated in one place, the router; another
 * contract has another form of the answer.
 */
public class RefusedException extends RuntimeException {
    private final int status;

    /** A refusal with an HTTP status of 400 or more. */
    public RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The answer that says so. */
    public Answer.Reply answer() {
        return Answer.error(status, String.valueOf(getMessage()));
    }
}
