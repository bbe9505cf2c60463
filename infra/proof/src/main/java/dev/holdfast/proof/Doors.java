package dev.holdfast.proof;

import java.util.ArrayList;
import java.util.List;

/** How many messages left unapplied by which door, in words: 5 dead-lettered, 3 expired. */
final class Doors {
    private Doors() {}

    static String words(QueueSide queue, long deletedByHand) {
        List<String> doors = new ArrayList<>();
        add(doors, queue.dead().stock(), "dead-lettered");
        add(doors, queue.movedElsewhere(), "moved to another queue");
        add(doors, queue.main().expired() + queue.dead().expired(), "expired");
        add(doors, queue.main().purged() + queue.dead().purged(), "purged");
        add(doors, deletedByHand, "deleted by hand");
        add(doors, queue.dead().deleted(), "deleted from the dead-letter queue");
        add(doors, queue.dropped(), "gone with a deleted queue");
        return String.join(", ", doors);
    }

    private static void add(List<String> doors, long count, String how) {
        if (count > 0) {
            doors.add(count + " " + how);
        }
    }
}
