package org.landgrant.profiles;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.landgrant.grants.Access;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Template;

/**
 * One template file as it stands, before the one it extends is laid under it. The format is described
 * in {@code package-info}.
 *
 * @param base the template it extends
 */
record TemplateFile(
        String name,
        String title,
        Optional<String> base,
        Set<Match> matches,
        List<Template.Entry> entries,
        List<Template.Ask> asks,
        Set<String> unset,
        Map<String, String> set,
        boolean privateTemporary,
        Set<String> settings) {

    /** By what an app is recognised. */
    enum By {
        ID,
        PROGRAM,
        CATEGORY
    }

    /** One {@code match} line. */
    record Match(By by, String value) {}

    static final String ENDING = ".template";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z0-9_]{1,128}");
    private static final Pattern SETTINGS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");
    private static final String PURPOSE = " # ";

    /**
     * Reads the text of a template.
     *
     * @param file its file name, which ends in {@code .template} and names the template
     * @throws TemplateException with the first line that cannot be understood
     */
    static TemplateFile parse(String file, String text) {
        return new Reader(file).read(text);
    }

    private static final class Reader {
        private final String file;
        private int number;
        private @Nullable String title;
        private @Nullable String base;
        private boolean privateTemporary;
        private boolean asking;
        private final Set<Match> matches = new LinkedHashSet<>();
        private final List<Template.Entry> entries = new ArrayList<>();
        private final List<Template.Ask> asks = new ArrayList<>();
        private final Set<Resource> resources = new HashSet<>();
        private final Set<String> unset = new LinkedHashSet<>();
        private final Map<String, String> set = new LinkedHashMap<>();
        private final Set<String> settings = new LinkedHashSet<>();

        Reader(String file) {
            this.file = file;
        }

        TemplateFile read(String text) {
            String name = file.endsWith(ENDING) ? file.substring(0, file.length() - ENDING.length()) : "";
            if (!NAME.matcher(name).matches()) {
                throw refused("a template's file is called by one lower-case word and .template");
            }
            for (String line : text.split("\n", -1)) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    line(line.strip());
                }
            }
            if (title == null) {
                throw refused("a template has a title");
            }
            return new TemplateFile(
                    name,
                    title,
                    Optional.ofNullable(base),
                    matches,
                    entries,
                    asks,
                    unset,
                    set,
                    privateTemporary,
                    settings);
        }

        private void line(String line) {
            int space = line.indexOf(' ');
            String word = space < 0 ? line : line.substring(0, space);
            String value = space < 0 ? "" : line.substring(space).strip();
            if (word.equals("private-tmp") != value.isEmpty()) {
                throw refused(value.isEmpty() ? "something follows \"" + word + "\"" : "nothing follows private-tmp");
            }
            switch (word) {
                case "title" -> title = once(title, value, "title");
                case "extends" -> base = once(base, value, "extends");
                case "match" -> match(value);
                case "read" -> place(value, false, Access.READ);
                case "read+execute" -> place(value, false, Access.READ, Access.EXECUTE);
                case "write" -> place(value, false, Access.READ, Access.WRITE);
                case "own" -> place(value, true, Access.READ, Access.WRITE);
                case "own+execute" -> place(value, true, Access.READ, Access.WRITE, Access.EXECUTE);
                case "device" -> entry("device:", value, false, Access.USE);
                case "service" -> entry("service:", value, false, Access.USE);
                case "connect" -> entry("tcp:", value, false, Access.CONNECT);
                case "listen" -> entry("tcp:", value, false, Access.LISTEN);
                case "udp" -> entry("udp:", value, false, Access.CONNECT);
                case "bus" -> bus(value);
                case "ask" -> ask(value);
                case "in" -> in(value);
                case "unset" -> unset.add(variable(value, true));
                case "set" -> set(value);
                case "private-tmp" -> privateTemporary = true;
                case "settings" -> settings.add(settings(value));
                default -> throw refused("\"" + word + "\" is not a word of templates");
            }
        }

        private void match(String value) {
            String[] parts = value.split(" ", 2);
            By by = switch (parts[0]) {
                case "id" -> By.ID;
                case "program" -> By.PROGRAM;
                case "category" -> By.CATEGORY;
                default -> throw refused("match is followed by id, program or category");
            };
            if (parts.length < 2 || parts[1].isBlank()) {
                throw refused("match " + parts[0] + " is followed by what to match");
            }
            if (!matches.add(new Match(by, parts[1].strip()))) {
                throw refused("the same match stands here twice");
            }
        }

        private void bus(String value) {
            String[] parts = value.split(" ", 2);
            boolean own = parts[0].equals("own");
            if (parts.length < 2 || !(own || parts[0].equals("talk"))) {
                throw refused("bus is followed by talk or own, and a name");
            }
            if (own) {
                entry("bus:", parts[1].strip(), false, Access.USE, Access.LISTEN);
            } else {
                entry("bus:", parts[1].strip(), false, Access.USE);
            }
        }

        private void place(String value, boolean create, Access... access) {
            entry(value.startsWith("folder:") ? "" : "place:", value, create, access);
        }

        private void entry(String kind, String value, boolean create, Access... access) {
            int mark = value.indexOf(PURPOSE);
            String what = mark < 0 ? value : value.substring(0, mark).strip();
            Optional<String> purpose = Optional.of(value.substring(mark < 0 ? value.length() : mark + PURPOSE.length()))
                    .map(String::strip)
                    .filter(words -> !words.isEmpty());
            Resource resource;
            try {
                resource = Resource.parse(kind + what);
            } catch (IllegalArgumentException notOne) {
                throw refused(String.valueOf(notOne.getMessage()));
            }
            if (!asking && !resources.add(resource)) {
                throw refused(resource.text() + " stands here twice");
            }
            entries.add(new Template.Entry(resource, Set.of(access), create, purpose));
        }

        /** A line like a grant's, which grants nothing. */
        private void ask(String value) {
            int granted = entries.size();
            if (!asking) {
                asking = true;
                line(value);
                asking = false;
            }
            if (entries.size() == granted || entries.getLast().purpose().isEmpty()) {
                throw refused("ask is followed by a grant and what it would be for");
            }
            Template.Entry entry = entries.removeLast();
            String reason = entry.purpose().orElseThrow();
            asks.add(new Template.Ask(entry.resource(), entry.access(), Map.of(Locale.ENGLISH.getLanguage(), reason)));
        }

        /** The reason of the line before in one more language. */
        private void in(String value) {
            String[] parts = value.split(" ", 2);
            if (asks.isEmpty()
                    || parts.length < 2
                    || !LANGUAGE.matcher(parts[0]).matches()) {
                throw refused("in stands below an ask, and is followed by a language and words");
            }
            Template.Ask ask = asks.removeLast();
            Map<String, String> reasons = new LinkedHashMap<>(ask.reasons());
            if (reasons.put(parts[0], parts[1].strip()) != null) {
                throw refused("that language stands here twice");
            }
            asks.add(new Template.Ask(ask.resource(), ask.access(), reasons));
        }

        private void set(String value) {
            String[] parts = value.split(" ", 2);
            if (parts.length < 2 || parts[1].isBlank()) {
                throw refused("set is followed by a name and a value");
            }
            if (set.put(variable(parts[0], false), parts[1].strip()) != null) {
                throw refused(parts[0] + " is set twice");
            }
        }

        private String settings(String value) {
            if (!SETTINGS.matcher(value).matches()) {
                throw refused("settings is followed by the name of one file in $XDG_CONFIG_HOME");
            }
            return value;
        }

        private String variable(String name, boolean star) {
            String letters = star && name.endsWith("*") ? name.substring(0, name.length() - 1) : name;
            if (!VARIABLE.matcher(letters).matches()) {
                throw refused("\"" + name + "\" is not the name of an environment variable");
            }
            return name;
        }

        private String once(@Nullable String before, String value, String word) {
            if (before != null) {
                throw refused(word + " stands here twice");
            }
            return value;
        }

        private TemplateException refused(String sentence) {
            return new TemplateException(file, number, sentence);
        }
    }
}
