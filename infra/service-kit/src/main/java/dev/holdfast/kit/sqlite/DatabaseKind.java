package dev.holdfast.kit.sqlite;

/**
 * What a program keeps in a SQLite file, and how.
 *
 * @param name as in "cannot be opened as NAME", for people
 * @param applicationId stands in the file's header (pragma application_id) and tells the file from those of other programs
 * @param scripts folder of the numbered scripts on the class path: {@code 1.sql} makes the schema, each further one changes it
 * @param version number of the last script; the file's {@code user_version} says how many it has seen
 * @param setting what names another file, for people
 * @param durability what a commit survives
 * @param unmarked whether a database without any application id is taken too, as those that an earlier version made
 */
public record DatabaseKind(
        String name,
        int applicationId,
        String scripts,
        int version,
        String setting,
        Durability durability,
        boolean unmarked) {

    /** What a commit survives once it has returned. */
    public enum Durability {
        /** A power cut: each commit is synced. */
        POWER_CUT("full", "2"),
        /** The end of the process. A power cut may take back the last commits, and damages nothing. */
        PROCESS_END("normal", "1");

        final String synchronous;
        final String readBack;

        Durability(String synchronous, String readBack) {
            this.synchronous = synchronous;
            this.readBack = readBack;
        }
    }

    /** One whose commits survive a power cut, and that takes files with its own mark only. */
    public DatabaseKind(String name, int applicationId, String scripts, int version, String setting) {
        this(name, applicationId, scripts, version, setting, Durability.POWER_CUT, false);
    }
}
