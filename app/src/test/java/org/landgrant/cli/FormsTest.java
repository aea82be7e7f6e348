package org.landgrant.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.agent.TestHouse;
import org.landgrant.grants.Access;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Event;
import org.landgrant.grants.Resource;

/** What programs get is what docs/schema says, with everything in it that may be in it. */
class FormsTest {
    private static final Path SCHEMAS = Path.of("../docs/schema");
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @TempDir
    Path folder;

    private CommandGround ground;

    @BeforeEach
    void aHouseInWhichSomethingHappened() {
        ground = new CommandGround(folder);
        Instant now = CommandGround.NOON;
        ground.run("confine", "editor");
        ground.run("grant", "editor", "/srv/\u202e\"\\\n\ud83d\ude00", "read,write");
        ground.run("deny", "editor", "tcp:25");
        ground.running.add(CommandGround.session());
        ground.prompts.add(CommandGround.prompt());
        Denial denial =
                new Denial(TestHouse.EDITOR, new Resource.Place("/d/\u001b"), Access.READ, "e\u0007d", 3, now, now);
        ground.house.book().record(List.of(denial));
        ground.house.book().note(List.of(Event.refused(denial)));
    }

    @Test
    void everyFormIsAsItsSchemaSays() throws IOException {
        fits("apps", "apps");
        fits("grants", "grants", "editor");
        fits("denials", "denials", "editor");
        fits("sessions", "sessions");
        fits("prompts", "prompts");
        fits("log", "log");
        fits("policy", "policy", "editor");
        fits("explain", "explain", "editor", "/usr/bin/x");
        fits("explain", "explain", "editor", "tcp:25");
        fits("explain", "explain", "editor", "device:gpu");
        fits("check", "check");
        fits("export", "export", "--all");
        fits("changes", "grant", "editor", "folder:documents", "read");
        fits("changes", "deny", "editor", "folder:documents");
        fits("changes", "revoke", "editor", "folder:documents");
        fits("changes", "answer", "3", "once");
        fits("changes", "confine", "editor");
        fits("changes", "release", "--all");
        fits("changes", "show");
        fits("import", "import", "x", "--text=" + ground.run("export", "--all").out());
    }

    @Test
    void everySchemaHasACommandThatWasTried() throws IOException {
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            assertEquals(
                    new TreeSet<>(Set.of(
                            "apps",
                            "grants",
                            "denials",
                            "sessions",
                            "prompts",
                            "log",
                            "event",
                            "policy",
                            "explain",
                            "check",
                            "export",
                            "import",
                            "changes")),
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".schema.json"))
                            .map(name -> name.replace(".schema.json", ""))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @Test
    void everyKindOfEventIsInTheSchemas() throws IOException {
        for (String name : List.of("event", "log")) {
            String text = Files.readString(SCHEMAS.resolve(name + ".schema.json"));
            for (Event.Kind kind : Event.Kind.values()) {
                assertTrue(text.contains("\"" + Shapes.word(kind) + "\""), name + " lacks " + kind);
            }
            for (Event.Who who : Event.Who.values()) {
                assertTrue(text.contains("\"" + Shapes.word(who) + "\""), name + " lacks " + who);
            }
        }
    }

    @Test
    void whatIsFollowedIsOneObjectALine() throws IOException {
        for (Event event : ground.house.book().events(Optional.empty(), 10)) {
            String line = Json.line(Shapes.event(event));
            assertEquals(1, line.lines().count());
            fits(schema("event"), line);
        }
        // The array of the log has the very same objects.
        List<Event> events = ground.house.book().events(Optional.empty(), 10);
        String objects = events.stream()
                .map(event -> Json.line(Shapes.event(event)).strip())
                .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
        assertEquals(Json.parse(ground.run("log", "--json").out()), Json.parse(objects));
    }

    @Test
    void whatCannotBeSeenIsSpelledOut() {
        String json = ground.run("grants", "editor", "--json").out();
        assertTrue(json.contains("place:/srv/\\u202e\\\"\\\\\\n\ud83d\ude00"), json);
        assertTrue(ground.run("denials", "editor", "--json").out().contains("/d/\\u001B"));
    }

    @Test
    void aSchemaRefusesWhatIsNotAsItSays() throws IOException {
        String apps = ground.run("apps", "--json").out();
        assertTrue(!schema("apps")
                .validate(apps.replace("\"confined\"", "\"confind\""), InputFormat.JSON)
                .isEmpty());
        assertTrue(!schema("log").validate(apps, InputFormat.JSON).isEmpty());
    }

    private void fits(String schema, String... words) throws IOException {
        String[] all = Stream.concat(Stream.of(words), Stream.of("--json")).toArray(String[]::new);
        Commands.Outcome outcome = ground.run(all);
        assertEquals("", outcome.err());
        fits(schema(schema), outcome.out());
    }

    private static void fits(Schema schema, String json) {
        List<Error> errors = schema.validate(json, InputFormat.JSON);
        assertEquals(List.of(), errors, json);
    }

    private static Schema schema(String name) throws IOException {
        return REGISTRY.getSchema(Files.readString(SCHEMAS.resolve(name + ".schema.json")), InputFormat.JSON);
    }
}
