package dev.holdfast.queue.wire;

import java.io.IOException;

/** Takes an answer of the Query protocol part by part, and writes it in one format. */
interface TreeWriter {

    /** The outermost part, which holds all others. */
    void openRoot(String name) throws IOException;

    void closeRoot(String name) throws IOException;

    /** A part that has parts; in a list, the next of its elements. */
    void open(String name) throws IOException;

    void close(String name) throws IOException;

    /** A part that is a text, a number, a truth value or bytes; in a list, the next of its elements. */
    void scalar(String name, Object value) throws IOException;

    /** A part that is there and empty. */
    void empty(String name) throws IOException;

    /** A part that the answer could have and does not. */
    void absent(String nameInJson) throws IOException;

    /** The elements follow, each with the name that it has in XML. */
    void openList(String nameInJson) throws IOException;

    void closeList() throws IOException;
}
