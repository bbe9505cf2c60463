package dev.holdfast.dashboard.security;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;

/** The person behind the current request, for the layout; nobody in particular where no login is configured. */
@Named("visitor")
@RequestScoped
public class Visitor {
    private final String csrf;
    private final String path;

    Visitor(RoutingContext context) {
        Object session = context.get(LoginGuard.SESSION);
        this.csrf = session instanceof Sessions.Session known ? known.csrf() : "";
        this.path = context.normalizedPath();
    }

    /** The token that this person's controls carry; empty without a login. */
    public String getCsrf() {
        return csrf;
    }

    public boolean isLoggedIn() {
        return !csrf.isEmpty();
    }

    /** What the navigation says of a page: that it is the current one. */
    public String current(String page) {
        boolean here = page.equals("/") ? path.equals("/") : path.startsWith(page);
        return here ? "page" : "false";
    }
}
