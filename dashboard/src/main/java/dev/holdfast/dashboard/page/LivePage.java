package dev.holdfast.dashboard.page;

import java.util.Optional;

/**
 * A page that stays up to date: the stream asks it for its content again and again while a browser shows it. Whatever
 * bean implements this takes part.
 */
public interface LivePage {
    /** The page at that address as it is now; empty where the address belongs to another page. May block. */
    Optional<PageContent> at(Address address);
}
