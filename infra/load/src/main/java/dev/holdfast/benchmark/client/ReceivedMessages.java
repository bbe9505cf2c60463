package dev.holdfast.benchmark.client;

/**
 * A cursor over the answer of ReceiveMessage that looks at nothing but Body and ReceiptHandle. It relies on what the load generator
 * asks for: no attributes, so that a message is a flat object of strings.
 */
public final class ReceivedMessages {
    private static final int NONE = -1;

    private byte[] bytes = new byte[0];
    private int position;
    private int end;
    private int expectedBodyLength;
    private int bodyStart;
    private int bodyEnd;
    private int handleStart;
    private int handleEnd;

    /** Starts over on this answer; a body is expected to take so many bytes as JSON text, which lets the cursor jump over it. */
    public void read(Response response, int expectedBodyLength) {
        this.bytes = response.bytes();
        this.position = response.bodyStart();
        this.end = response.bodyEnd();
        this.expectedBodyLength = expectedBodyLength;
    }

    /** Moves to the next message; false after the last one. */
    public boolean next() {
        bodyStart = NONE;
        handleStart = NONE;
        while (position < end) {
            byte b = bytes[position++];
            if (b == '"') {
                member();
            } else if (b == '}') {
                if (bodyStart == NONE) {
                    return false;
                }
                if (handleStart == NONE) {
                    throw new IllegalStateException("A message came without a ReceiptHandle.");
                }
                return true;
            }
        }
        return false;
    }

    public int bodyStart() {
        return bodyStart;
    }

    public int bodyEnd() {
        return bodyEnd;
    }

    public int handleStart() {
        return handleStart;
    }

    public int handleEnd() {
        return handleEnd;
    }

    /** Reads a member's name and, where it is text, its value; a list or number is left to the caller's loop. */
    private void member() {
        int name = position;
        int nameEnd = closingQuote(name);
        position = nameEnd + 1;
        while (position < end && (bytes[position] == ':' || bytes[position] == ' ')) {
            position++;
        }
        if (position >= end || bytes[position] != '"') {
            return;
        }
        int value = position + 1;
        int nameLength = nameEnd - name;
        if (nameLength == 4 && bytes[name] == 'B') {
            bodyStart = value;
            int guess = value + expectedBodyLength;
            bodyEnd = guess < end && bytes[guess] == '"' ? guess : closingQuote(value);
            position = bodyEnd + 1;
        } else if (nameLength == 13 && bytes[name] == 'R') {
            handleStart = value;
            handleEnd = closingQuote(value);
            position = handleEnd + 1;
        } else {
            position = closingQuote(value) + 1;
        }
    }

    private int closingQuote(int from) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == '"') {
                return i;
            }
            if (bytes[i] == '\\') {
                i++;
            }
        }
        throw new IllegalStateException("The answer ends inside a string.");
    }
}
