package dev.holdfast.queue.order;

import java.util.Arrays;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap whose nodes know their place, so that any of them leaves in O(log n): a deleted message must not linger
 * until its timeout would have run out. A node is in at most one heap, and its order must not change while it is in one.
 * Not thread-safe.
 */
public final class Heap<N extends Heap.Node> {
    private Node[] nodes = new Node[4];
    private int size;

    /** What can be in a heap. */
    public abstract static class Node {
        private int index = -1;

        /** Smaller comes first. */
        public abstract long order();

        public final boolean isInHeap() {
            return index >= 0;
        }
    }

    public int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    @SuppressWarnings("unchecked") // Only nodes of type N get in.
    public @Nullable N peek() {
        return size == 0 ? null : (N) nodes[0];
    }

    /** The smallest order, or Long.MAX_VALUE when empty. */
    public long firstOrder() {
        return size == 0 ? Long.MAX_VALUE : nodes[0].order();
    }

    public N pop() {
        N first = peek();
        if (first == null) {
            throw new NoSuchElementException("empty heap");
        }
        remove(first);
        return first;
    }

    /** Takes out a node that has none after it in the heap, one of the largest but not always the largest. */
    @SuppressWarnings("unchecked") // Only nodes of type N get in.
    @Nullable N removeOneOfTheLast() {
        if (size == 0) {
            return null;
        }
        N last = (N) nodes[size - 1];
        remove(last);
        return last;
    }

    public void add(N node) {
        if (node.isInHeap()) {
            throw new IllegalStateException("node is in a heap already: " + node);
        }
        if (size == nodes.length) {
            nodes = Arrays.copyOf(nodes, size * 2);
        }
        place(node, size++);
        siftUp(node);
    }

    public void remove(N node) {
        int hole = ((Node) node).index;
        if (hole < 0) {
            throw new IllegalStateException("node is in no heap: " + node);
        }
        Node last = nodes[--size];
        clear(size);
        ((Node) node).index = -1;
        if (hole < size) {
            place(last, hole);
            siftUp(last);
            siftDown(last);
        }
        if (size < nodes.length / 4 && nodes.length > 1_024) {
            nodes = Arrays.copyOf(nodes, nodes.length / 2);
        }
    }

    @SuppressWarnings("NullAway") // Slots beyond size hold nothing and are never read.
    private void clear(int slot) {
        nodes[slot] = null;
    }

    private void siftUp(Node node) {
        while (node.index > 0) {
            int parentIndex = (node.index - 1) / 2;
            Node parent = nodes[parentIndex];
            if (parent.order() <= node.order()) {
                return;
            }
            place(parent, node.index);
            place(node, parentIndex);
        }
    }

    private void siftDown(Node node) {
        while (true) {
            int child = 2 * node.index + 1;
            if (child >= size) {
                return;
            }
            if (child + 1 < size && nodes[child + 1].order() < nodes[child].order()) {
                child++;
            }
            Node smaller = nodes[child];
            if (node.order() <= smaller.order()) {
                return;
            }
            place(smaller, node.index);
            place(node, child);
        }
    }

    private void place(Node node, int index) {
        nodes[index] = node;
        node.index = index;
    }
}
