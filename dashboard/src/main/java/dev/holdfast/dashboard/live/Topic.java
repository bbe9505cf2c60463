package dev.holdfast.dashboard.live;

import io.smallrye.mutiny.Multi;
import java.util.Optional;

/** A kind of news that browsers can follow over their one stream. Whatever bean implements this takes part. */
public interface Topic {
    /**
     * The news of that name, as JSON objects that begin with {@code "topic"}; empty where the name is not of this kind.
     * One who reads too slowly misses some of them and still ends up with the newest.
     */
    Optional<Multi<String>> follow(String name);
}
