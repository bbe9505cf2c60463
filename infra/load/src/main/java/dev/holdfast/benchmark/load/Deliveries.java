package dev.holdfast.benchmark.load;

import dev.holdfast.benchmark.client.Body;
import dev.holdfast.benchmark.client.Groups;
import dev.holdfast.benchmark.client.MessageId;
import dev.holdfast.benchmark.client.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The check: remembers of each message of a scenario what happened to it, in one byte, and notes what must not happen. The visibility
 * timeout of every queue is longer than the scenario, so that a second delivery is always a fault. Belongs to the load's thread.
 */
public final class Deliveries {
    private static final byte SENT = 1;
    private static final byte ACKNOWLEDGED = 2;
    private static final byte RECEIVED = 4;
    private static final int CHUNK = 1 << 16;
    private static final int MAX_FAILURES_KEPT = 5;

    private final Body body;
    private final Groups groups;
    private final List<byte[]> chunks = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private long[][] lastOfGroup = new long[0][];
    private long failureCount;
    private long sent;
    private long acknowledged;
    private long received;
    private long deleted;

    /** The order within groups is checked on FIFO queues. */
    public Deliveries(Body body, Groups groups) {
        this.body = body;
        this.groups = groups;
    }

    /** Takes the next {@code count} numbers for messages about to be sent and returns the first. */
    public long send(int count) {
        long first = sent;
        for (long number = first; number < first + count; number++) {
            set(number, SENT);
        }
        sent += count;
        return first;
    }

    public void acknowledge(long firstId, int count) {
        long first = MessageId.number(firstId);
        for (long number = first; number < first + count; number++) {
            set(number, ACKNOWLEDGED);
        }
        acknowledged += count;
    }

    /** Checks a body that stands in an answer, and returns its message's number, or -1 when it is none of this scenario. */
    public long receive(Response answer, int bodyStart, int bodyEnd) {
        byte[] bytes = answer.bytes();
        long id = body.idIn(bytes, bodyStart);
        long number = MessageId.number(id);
        if (id < 0 || number >= sent) {
            fail("a message came that nobody sent: " + answer.excerpt());
            return -1;
        }
        if (!body.matches(bytes, bodyStart, bodyEnd, id)) {
            fail("the body of message " + number + " came back changed");
        }
        if ((get(number) & RECEIVED) != 0) {
            fail("message " + number + " was delivered twice within its visibility timeout");
        } else {
            received++;
        }
        set(number, RECEIVED);
        if (groups.fifo()) {
            checkOrder(id, number);
        }
        return number;
    }

    public void delete(int count) {
        deleted += count;
    }

    public void fail(String what) {
        failureCount++;
        if (failures.size() < MAX_FAILURES_KEPT) {
            failures.add(what);
        }
    }

    /** Notes every acknowledged message that was never received; call it when the queues have been drained. */
    public void checkAllReceived() {
        for (long number = 0; number < sent; number++) {
            if ((get(number) & (ACKNOWLEDGED | RECEIVED)) == ACKNOWLEDGED) {
                fail("message " + number + " was acknowledged and never received");
            }
        }
    }

    public long sent() {
        return sent;
    }

    public long acknowledged() {
        return acknowledged;
    }

    public long received() {
        return received;
    }

    public long deleted() {
        return deleted;
    }

    /** The first failures in words; the last line says how many more there were. Empty when all is well. */
    public List<String> failures() {
        List<String> all = new ArrayList<>(failures);
        if (failureCount > failures.size()) {
            all.add("and " + (failureCount - failures.size()) + " more");
        }
        return all;
    }

    /** Within a group, what one producer sent must come in the order in which it was sent. */
    private void checkOrder(long id, long number) {
        int producer = MessageId.producer(id);
        int group = MessageId.group(id, groups.count());
        if (producer >= lastOfGroup.length) {
            lastOfGroup = Arrays.copyOf(lastOfGroup, producer + 1);
        }
        long @Nullable [] last = lastOfGroup[producer];
        if (last == null) {
            last = new long[groups.count()];
            Arrays.fill(last, -1);
            lastOfGroup[producer] = last;
        }
        if (last[group] >= number) {
            fail("message " + number + " came after " + last[group] + " of the same group and producer");
        }
        last[group] = number;
    }

    private byte get(long number) {
        int chunk = (int) (number / CHUNK);
        return chunk < chunks.size() ? chunks.get(chunk)[(int) (number % CHUNK)] : 0;
    }

    private void set(long number, byte flag) {
        int chunk = (int) (number / CHUNK);
        while (chunks.size() <= chunk) {
            chunks.add(new byte[CHUNK]);
        }
        chunks.get(chunk)[(int) (number % CHUNK)] |= flag;
    }
}
