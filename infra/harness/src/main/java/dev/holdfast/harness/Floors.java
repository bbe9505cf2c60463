package dev.holdfast.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packages of a module as floors of a house: each uses only those below its own. Read from the sources, by name. */
public final class Floors {
    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);

    private final String root;
    private final List<String> floors;
    private final Pattern reference;

    private Floors(String root, List<String> floors) {
        this.root = root;
        this.floors = floors;
        this.reference = Pattern.compile("\\b" + Pattern.quote(root) + "((?:\\.[a-z][a-z0-9]*)*)\\.([A-Z]\\w*|\\*)");
    }

    /**
     * @param root the package above all others, such as {@code dev.holdfast.queue}
     * @param floors from the top floor down, the packages below the root ({@code http}, {@code http.netty}); "" is the root itself
     */
    public static Floors of(String root, String... floors) {
        return new Floors(root, Arrays.asList(floors));
    }

    /** A type's file and one that it names, of another package. */
    private record Use(String user, Path userFile, String used, Path usedFile) {
        @Override
        public String toString() {
            return userFile + " uses " + usedFile;
        }
    }

    /**
     * @param sources the folder above the root package, such as {@code src/main/java}
     * @throws AssertionError that names both files of each use of a floor that is not below, each cycle of packages, and each package
     *     that is not listed or does not exist
     */
    public void check(Path sources) {
        Map<Path, String> files = read(sources);
        Set<String> packages = files.values().stream().map(this::packageOf).collect(Collectors.toSet());
        List<Use> uses = uses(sources, files);
        List<String> findings = new ArrayList<>();
        packages.stream()
                .filter(name -> !floors.contains(name))
                .sorted()
                .forEach(name -> findings.add("package " + title(name) + " has no floor"));
        floors.stream()
                .filter(name -> !packages.contains(name))
                .forEach(name -> findings.add("floor " + title(name) + " has no file"));
        uses.stream()
                .filter(use -> floors.contains(use.user) && floors.contains(use.used))
                .filter(use -> floors.indexOf(use.used) < floors.indexOf(use.user))
                .forEach(use -> findings.add("upwards: " + use));
        cycles(uses)
                .forEach(cycle -> findings.add(
                        "in a circle: " + cycle.stream().map(Use::toString).collect(Collectors.joining("; "))));
        if (!findings.isEmpty()) {
            throw new AssertionError(String.join("\n", findings));
        }
    }

    private Map<Path, String> read(Path sources) {
        try (Stream<Path> all = Files.walk(sources)) {
            Map<Path, String> files = new TreeMap<>();
            for (Path file :
                    all.filter(path -> path.toString().endsWith(".java")).toList()) {
                files.put(file, Files.readString(file));
            }
            if (files.isEmpty()) {
                throw new AssertionError("no Java file in " + sources.toAbsolutePath());
            }
            return files;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Relative to the root; one that is not below the root keeps its whole name. */
    private String packageOf(String text) {
        Matcher declared = PACKAGE.matcher(text);
        if (!declared.find()) {
            throw new AssertionError("no package: " + text.lines().findFirst().orElse(""));
        }
        String name = declared.group(1);
        if (name.equals(root)) {
            return "";
        }
        return name.startsWith(root + ".") ? name.substring(root.length() + 1) : name;
    }

    /** By imports and by whole names in the text; one for each pair of files. */
    private List<Use> uses(Path sources, Map<Path, String> files) {
        Map<List<Path>, Use> uses = new LinkedHashMap<>();
        files.forEach((file, text) -> {
            String user = packageOf(text);
            Matcher names = reference.matcher(text);
            while (names.find()) {
                String used = names.group(1).isEmpty() ? "" : names.group(1).substring(1);
                Path folder = sources.resolve((root + names.group(1)).replace('.', '/'));
                Path usedFile = names.group(2).equals("*") ? folder : folder.resolve(names.group(2) + ".java");
                if (!used.equals(user) && Files.exists(usedFile)) {
                    uses.putIfAbsent(List.of(file, usedFile), new Use(user, file, used, usedFile));
                }
            }
        });
        return List.copyOf(uses.values());
    }

    /** A shortest circle through each package that is on one and on none of those found before. */
    private static List<List<Use>> cycles(List<Use> uses) {
        List<List<Use>> cycles = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (Use first : uses) {
            if (!told.contains(first.user)) {
                List<Use> back = way(uses, first.used, first.user);
                if (!back.isEmpty()) {
                    List<Use> cycle =
                            Stream.concat(Stream.of(first), back.stream()).toList();
                    cycle.forEach(use -> told.add(use.user));
                    cycles.add(cycle);
                }
            }
        }
        return cycles;
    }

    /** A shortest way from one package to another; empty where there is none. */
    private static List<Use> way(List<Use> uses, String from, String to) {
        Map<String, List<Use>> ways = new LinkedHashMap<>(Map.of(from, List.of()));
        List<String> edge = List.of(from);
        while (!edge.isEmpty() && !ways.containsKey(to)) {
            List<String> next = new ArrayList<>();
            for (String here : edge) {
                List<Use> before = ways.getOrDefault(here, List.of());
                uses.stream()
                        .filter(use -> use.user.equals(here) && !ways.containsKey(use.used))
                        .forEach(use -> {
                            ways.put(
                                    use.used,
                                    Stream.concat(before.stream(), Stream.of(use))
                                            .toList());
                            next.add(use.used);
                        });
            }
            edge = next;
        }
        return ways.getOrDefault(to, List.of());
    }

    private static String title(String name) {
        return name.isEmpty() ? "\"\" (the root)" : name;
    }
}
