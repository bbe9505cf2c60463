package dev.holdfast.dashboard.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OwnHostTest {
    @Test
    void knowsLoopbackNamesAndAddresses() {
        assertThat(OwnHost.isOwn("localhost:8080", List.of())).isTrue();
        assertThat(OwnHost.isOwn("127.0.0.1:8080", List.of())).isTrue();
        assertThat(OwnHost.isOwn("[::1]:8080", List.of())).isTrue();
        assertThat(OwnHost.isOwn("board.school.example", List.of("board.school.example")))
                .isTrue();
    }

    @Test
    void refusesANameThatSomebodyElseMadePointHere() {
        assertThat(OwnHost.isOwn("evil.example:8080", List.of())).isFalse();
        assertThat(OwnHost.isOwn("localhost.evil.example", List.of())).isFalse();
    }

    @Test
    void refusesAnotherSiteAndLetsProgramsIn() {
        assertThat(OwnHost.isForeign("localhost:8080", null, null)).isFalse();
        assertThat(OwnHost.isForeign("localhost:8080", "http://localhost:8080", "same-origin"))
                .isFalse();
        assertThat(OwnHost.isForeign("localhost:8080", "http://localhost:9999", "same-site"))
                .isTrue();
        assertThat(OwnHost.isForeign("localhost:8080", "http://evil.example", null))
                .isTrue();
        assertThat(OwnHost.isForeign("localhost:8080", "null", null)).isTrue();
    }
}
