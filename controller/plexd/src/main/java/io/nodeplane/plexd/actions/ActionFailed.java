package io.nodeplane.plexd.actions;

/** An action was not run; the message says why, to whoever asked, and holds no secret. */
public final class ActionFailed extends Exception {
    private static final long serialVersionUID = 1;

    public ActionFailed(String message) {
        super(message);
    }
}
