package org.landgrant;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the table of rooms: data goes round in a circle, imports never do. */
class ArchitectureTest {
    private static final String HOUSE = "org.landgrant.";

    /** Room → the rooms it may import; the table of docs/ARCHITECTURE.md. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("grants", Set.of()),
            Map.entry("profiles", Set.of("grants")),
            Map.entry("kernel", Set.of("grants")),
            Map.entry("policy", Set.of("grants", "kernel")),
            Map.entry("denials", Set.of("grants")),
            Map.entry("launch", Set.of("grants", "policy", "kernel", "denials")),
            Map.entry("icons", Set.of()),
            Map.entry("desktop", Set.of("grants", "icons")),
            Map.entry("prompts", Set.of("grants", "denials")),
            Map.entry("ui", Set.of("grants", "policy", "denials", "launch", "icons", "desktop", "prompts")),
            Map.entry("cli", Set.of("grants", "policy", "denials", "launch", "desktop", "prompts")),
            Map.entry(
                    "agent",
                    Set.of(
                            "grants",
                            "profiles",
                            "kernel",
                            "policy",
                            "denials",
                            "launch",
                            "icons",
                            "desktop",
                            "prompts",
                            "ui",
                            "cli")));

    private static final JavaClasses CLASSES =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages("org.landgrant");

    @TestFactory
    Stream<DynamicTest> eachRoomImportsOnlyWhatItsRowAllows() {
        return MAY_IMPORT.entrySet().stream()
                .map(row -> dynamicTest(row.getKey(), () -> {
                    String[] closed = MAY_IMPORT.keySet().stream()
                            .filter(room -> !room.equals(row.getKey())
                                    && !row.getValue().contains(room))
                            .map(room -> HOUSE + room + "..")
                            .toArray(String[]::new);
                    noClasses()
                            .that()
                            .resideInAPackage(HOUSE + row.getKey() + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(closed)
                            .because("the circle is visible only while each room knows just the rooms of its row")
                            .allowEmptyShould(true)
                            .check(CLASSES);
                }));
    }

    @Test
    void everyClassLivesInARoomOfTheTable() {
        Set<String> rooms = CLASSES.stream().map(found -> roomOf(found)).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(MAY_IMPORT.keySet()), rooms);
    }

    private static String roomOf(JavaClass found) {
        String below = found.getPackageName().substring(HOUSE.length());
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }

    @Test
    void onlyTheUiKnowsTheToolkit() {
        noClasses()
                .that()
                .resideOutsideOfPackage(HOUSE + "ui..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx..", "atlantafx..", "org.controlsfx..")
                .because("decisions are tested without a toolkit, and the agent starts without one")
                .check(CLASSES);
    }

    @Test
    void onlyTheDesktopRoomKnowsTheBus() {
        noClasses()
                .that()
                .resideOutsideOfPackage(HOUSE + "desktop..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.freedesktop..")
                .because("the library is loaded with the first notification, and may be another one day")
                .check(CLASSES);
    }

    @Test
    void viewModelsKnowNoSceneGraph() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("ViewModel")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "javafx.stage..")
                .because("a view model is tested without a display")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void onlyTheAgentMakesExecutors() {
        noClasses()
                .that()
                .resideOutsideOfPackage(HOUSE + "agent..")
                .should()
                .callMethodWhere(new DescribedPredicate<>("it makes an executor") {
                    @Override
                    public boolean test(com.tngtech.archunit.core.domain.JavaMethodCall call) {
                        return call.getTargetOwner().getName().equals("java.util.concurrent.Executors");
                    }
                })
                .because("whoever wires the circle owns the threads; tests hand in their own")
                .check(CLASSES);
    }

    @Test
    void theVocabularyDependsOnNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage(HOUSE + "grants..")
                .should()
                .onlyDependOnClassesThat(new DescribedPredicate<JavaClass>("the JDK, JSpecify or the room itself") {
                    @Override
                    public boolean test(JavaClass used) {
                        return used.getPackageName().startsWith("java")
                                || used.getPackageName().startsWith("org.jspecify")
                                || used.getPackageName().startsWith(HOUSE + "grants");
                    }
                })
                .because("everybody speaks it")
                .check(CLASSES);
    }
}
