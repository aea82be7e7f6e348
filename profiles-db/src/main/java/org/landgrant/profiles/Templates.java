package org.landgrant.profiles;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Template;

/** All templates, each complete with what it extends, and which of them an app begins with. */
public final class Templates {
    private static final String BASE = "base";
    private static final String FOLDER = "templates/";

    private final Map<String, Template> byName = new LinkedHashMap<>();
    private final Map<TemplateFile.Match, String> byMatch = new HashMap<>();
    private final Map<String, String> kinds = new LinkedHashMap<>();

    /**
     * @param texts file name to text; one of them is {@code base.template}
     * @throws TemplateException when one cannot be understood, extends what is not there or itself, or
     *     matches what another one matches
     */
    public Templates(Map<String, String> texts) {
        Map<String, TemplateFile> files = new LinkedHashMap<>();
        texts.forEach((file, text) -> {
            TemplateFile read = TemplateFile.parse(file, text);
            files.put(read.name(), read);
        });
        if (!files.containsKey(BASE)) {
            throw new TemplateException(BASE + TemplateFile.ENDING, 1, "this template is always needed");
        }
        for (TemplateFile file : files.values()) {
            byName.put(file.name(), complete(file, files, new LinkedHashSet<>()));
            kinds.put(file.name(), kindOf(file, files));
            for (TemplateFile.Match match : file.matches()) {
                String other = byMatch.putIfAbsent(match, file.name());
                if (other != null) {
                    throw problem(file, "\"" + match.value() + "\" is already matched by " + other);
                }
            }
        }
    }

    /** The templates that come with Landgrant. */
    public static Templates shipped() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : resource("INDEX").lines().toList()) {
            texts.put(name + TemplateFile.ENDING, resource(name + TemplateFile.ENDING));
        }
        return new Templates(texts);
    }

    /** Every template, in the order of the index. */
    public List<Template> all() {
        return List.copyOf(byName.values());
    }

    /** The template of that name. */
    public Optional<Template> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * What an app begins with: matched by its desktop ID, else by its program, else by its categories, else {@code
     * base}. Of several templates that match categories the first in the index is taken, since apps name theirs in
     * any order: a calendar with mail is a mail program first, a viewer of drawings no program for drawing.
     *
     * <p>An app whose ID is a name on the session bus may have that name and those below it, as by the Desktop Entry
     * Specification it does when the bus starts it; without, many end at once. Names of the desktop's own are left out.
     *
     * @param desktopId with or without {@code .desktop}
     * @param program path or name of the program in {@code Exec}
     */
    public Template forApp(String desktopId, String program, List<String> categories) {
        List<TemplateFile.Match> questions = new ArrayList<>();
        String id = desktopId.endsWith(".desktop")
                ? desktopId.substring(0, desktopId.length() - ".desktop".length())
                : desktopId;
        questions.add(new TemplateFile.Match(TemplateFile.By.ID, id));
        questions.add(new TemplateFile.Match(TemplateFile.By.PROGRAM, program));
        questions.add(new TemplateFile.Match(TemplateFile.By.PROGRAM, program.substring(program.lastIndexOf('/') + 1)));
        for (TemplateFile.Match question : questions) {
            String name = byMatch.get(question);
            if (name != null) {
                return withOwnName(require(name), id);
            }
        }
        Set<String> kinds = new HashSet<>();
        for (String category : categories) {
            String name = byMatch.get(new TemplateFile.Match(TemplateFile.By.CATEGORY, category));
            if (name != null) {
                kinds.add(name);
            }
        }
        String kind =
                byName.keySet().stream().filter(kinds::contains).findFirst().orElse(BASE);
        return withOwnName(require(kind), id);
    }

    private static Template withOwnName(Template template, String id) {
        Resource.BusName own;
        try {
            own = new Resource.BusName(id + ".*");
        } catch (IllegalArgumentException noName) {
            return template;
        }
        boolean has = template.grants().stream()
                .anyMatch(entry -> entry.access().contains(Access.LISTEN)
                        && entry.resource() instanceof Resource.BusName name
                        && name.covers(new Resource.BusName(id)));
        return has || id.startsWith("org.freedesktop.")
                ? template
                : template.with(new Template.Entry(
                        own, Set.of(Access.USE, Access.LISTEN), false, Optional.of("being found by its own name")));
    }

    /** The templates that are for a kind of app and for no app by name. */
    List<String> kinds() {
        return kinds.values().stream().distinct().toList();
    }

    /** The kind of app a template is for; a kind's own is itself. */
    String kindOf(String name) {
        return Optional.ofNullable(kinds.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no template " + name));
    }

    private static String kindOf(TemplateFile file, Map<String, TemplateFile> files) {
        boolean named = file.matches().stream().anyMatch(match -> match.by() != TemplateFile.By.CATEGORY);
        TemplateFile above = files.get(file.base().orElse(""));
        return named && above != null ? kindOf(above, files) : file.name();
    }

    private Template require(String name) {
        return named(name).orElseThrow(() -> new IllegalStateException("bug: no template " + name));
    }

    private static Template complete(TemplateFile file, Map<String, TemplateFile> files, Set<String> above) {
        if (!above.add(file.name())) {
            throw problem(file, "it extends itself through " + String.join(", ", above));
        }
        Map<Resource, Template.Entry> entries = new LinkedHashMap<>();
        List<Template.Ask> asks = new ArrayList<>(file.asks());
        Set<String> unset = new LinkedHashSet<>();
        Map<String, String> set = new LinkedHashMap<>();
        boolean privateTemporary = file.privateTemporary();
        Set<String> settings = new LinkedHashSet<>(file.settings());
        if (file.base().isPresent()) {
            TemplateFile base = files.get(file.base().get());
            if (base == null) {
                throw problem(file, "it extends " + file.base().get() + ", which is not there");
            }
            Template under = complete(base, files, above);
            under.grants().forEach(entry -> entries.put(entry.resource(), entry));
            asks.addAll(under.asks());
            unset.addAll(under.unset());
            set.putAll(under.set());
            privateTemporary |= under.privateTemporary();
            settings.addAll(under.settings());
        }
        file.entries().forEach(entry -> entries.put(entry.resource(), entry));
        unset.addAll(file.unset());
        set.putAll(file.set());
        return new Template(
                file.name(), file.title(), List.copyOf(entries.values()), asks, unset, set, privateTemporary, settings);
    }

    private static TemplateException problem(TemplateFile file, String sentence) {
        return new TemplateException(file.name() + TemplateFile.ENDING, 1, sentence);
    }

    private static String resource(String name) {
        try (InputStream stream = Templates.class.getResourceAsStream(FOLDER + name)) {
            if (stream == null) {
                throw new IllegalStateException("bug: " + FOLDER + name + " is missing from the program");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
