package dev.holdfast.benchmark.load;

/**
 * How the connections of one phase share the work.
 *
 * @param senders connections that only send
 * @param receivers connections that receive and delete what they got
 * @param both connections that send, receive and delete in turn
 * @param batch messages in a request, 1 to 10
 * @param window how many messages senders may be ahead of the deletes before they pause, so that the queue's depth stays what the
 *     scenario says
 * @param matched receivers ask only where an acknowledged message waits, instead of long polling one queue; for many queues
 */
public record Flow(int senders, int receivers, int both, int batch, long window, boolean matched) {
    private static final long WINDOW = 2_000;

    /** Half of the connections send and half receive; a single one takes turns. */
    public static Flow life(int connections, int batch) {
        return connections == 1
                ? new Flow(0, 0, 1, batch, WINDOW, false)
                : new Flow(connections / 2, connections / 2, 0, batch, WINDOW, false);
    }

    public static Flow send(int connections, int batch) {
        return new Flow(connections, 0, 0, batch, Long.MAX_VALUE, false);
    }

    public static Flow drain(int connections) {
        return new Flow(0, connections, 0, 10, WINDOW, false);
    }

    public Flow withMatching() {
        return new Flow(senders, receivers, both, batch, window, true);
    }
}
