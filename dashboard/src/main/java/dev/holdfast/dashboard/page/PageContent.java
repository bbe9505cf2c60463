package dev.holdfast.dashboard.page;

import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import java.util.Map;
import java.util.TreeMap;

/**
 * A template and what it shows, under the name {@code view}. The same fragments of the template make the first HTML and
 * its updates: a fragment is one element with an id, and whatever stands outside of fragments never changes.
 */
public record PageContent(Template template, Object view) {

    /** The whole page, for a browser that comes to it. */
    public TemplateInstance page() {
        return template.data("view", view);
    }

    /** What may have changed since, by fragment. */
    public Map<String, String> parts() {
        Map<String, String> parts = new TreeMap<>();
        for (String id : template.getFragmentIds()) {
            parts.put(id, template.getFragment(id).data("view", view).render().strip());
        }
        return parts;
    }
}
