package dev.holdfast.consumer.aggregate;

/** The stretch of event time that an aggregate covers, with its name in the database. */
public enum Span {
    ALL("all", 0),
    /** Over the compacted events only: what the kept window lacks to make up {@link #ALL}. */
    BEHIND("behind", 0),
    HOUR("hour", 3_600_000),
    MINUTE("minute", 60_000);

    private final String column;
    private final long lengthMillis;

    Span(String column, long lengthMillis) {
        this.column = column;
        this.lengthMillis = lengthMillis;
    }

    public String column() {
        return column;
    }

    /** The start of the hour or minute that holds the time; 0 where the span has no bounds. Times before 1970 round down too. */
    public long startOf(long millis) {
        return lengthMillis == 0 ? 0 : Math.floorDiv(millis, lengthMillis) * lengthMillis;
    }
}
