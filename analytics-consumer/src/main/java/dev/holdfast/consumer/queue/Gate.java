package dev.holdfast.consumer.queue;

/** Open while messages may be received; closed while paused; shut for good at the end. Thread-safe. */
final class Gate {
    private enum Position {
        OPEN,
        CLOSED,
        SHUT
    }

    private Position position = Position.CLOSED;

    synchronized void open() {
        moveTo(Position.OPEN);
    }

    synchronized void close() {
        moveTo(Position.CLOSED);
    }

    synchronized void shut() {
        moveTo(Position.SHUT);
    }

    synchronized boolean isOpen() {
        return position == Position.OPEN;
    }

    /** Waits while closed; returns false once shut. */
    synchronized boolean awaitOpen() {
        while (position == Position.CLOSED) {
            try {
                wait();
            } catch (InterruptedException e) {
                // Nobody interrupts a thread that waits here; were it done, only the position counts.
            }
        }
        return position == Position.OPEN;
    }

    private void moveTo(Position to) {
        if (position != Position.SHUT) {
            position = to;
            notifyAll();
        }
    }
}
