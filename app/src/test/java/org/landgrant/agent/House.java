package org.landgrant.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.landgrant.desktop.AppScopes;
import org.landgrant.desktop.BaseDirectories;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.desktop.InstalledApps;
import org.landgrant.desktop.Instances;
import org.landgrant.desktop.Opening;
import org.landgrant.desktop.PrivateSettings;
import org.landgrant.desktop.SessionBus;
import org.landgrant.desktop.Terminals;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.GrantBook;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Template;
import org.landgrant.grants.UserFolder;
import org.landgrant.launch.OwnFolders;
import org.landgrant.launch.SelfTest;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;

/** A small house for tests: two apps, a template of one line, policies that name every grant. */
final class House {
    static final AppId EDITOR = new AppId("editor.desktop");
    static final AppId VIEWER = new AppId("viewer.desktop");
    static final AppId STRANGER = new AppId("stranger.desktop");

    private House() {}

    static Template template(AppId app) {
        Template.Entry usr = new Template.Entry(
                new Resource.Place("/usr"), Set.of(Access.READ, Access.EXECUTE), false, Optional.empty());
        return new Template("base", "Base", List.of(usr), List.of(), Set.of(), Map.of(), false);
    }

    /** A line per allowed grant, so that two books say the same exactly when their policies do. */
    static String policy(AppId app, Template template, List<EffectiveGrant> effective, boolean partialAccepted) {
        if (app.equals(STRANGER)) {
            throw new RefusedException("There is no app " + app + ".");
        }
        String lines = effective.stream()
                .filter(grant -> grant.decision() == Decision.ALLOW)
                .map(grant -> "# " + grant.resource().text() + " "
                        + grant.access().stream().sorted().toList() + "\n")
                .collect(Collectors.joining());
        return "landgrant-policy 1\napp " + app + "\n" + (partialAccepted ? "accept-partial\n" : "") + lines;
    }

    static InstalledApps apps() {
        return new InstalledApps() {
            @Override
            public List<InstalledApp> all() {
                return List.of(app(EDITOR, "Editor", Optional.empty()), app(VIEWER, "Viewer", Optional.of("A snap.")));
            }

            @Override
            public void watch(Runnable listener) {}
        };
    }

    static Agent.Parts parts(OwnFolders folders, Path home, GrantBook book, Menu menu) {
        return new Agent.Parts(
                "0.0-test",
                folders,
                home,
                home.resolve("landgrant"),
                book,
                House::template,
                House::policy,
                apps(),
                Opening.of(BaseDirectories.from(Map.of("HOME", home.toString()), home), Map.of(), apps()),
                () -> new UserPlaces(
                        home.toString(),
                        Map.of(UserFolder.DOCUMENTS, home.resolve("Documents").toString())),
                menu,
                (resource, access) -> Optional.empty(),
                new SelfTest(home.resolve("landgrant"), Map.of(), Duration.ofSeconds(20)),
                new Words(Locale.ENGLISH),
                () -> Duration.ofDays(30),
                new Instances(
                        BaseDirectories.from(Map.of("HOME", home.toString()), home), Map.of(), home.resolve("tmp")),
                Terminals.NONE,
                new AppScopes(new SessionBus(Optional.empty())),
                new PrivateSettings(BaseDirectories.from(Map.of("HOME", home.toString()), home)));
    }

    private static InstalledApp app(AppId id, String name, Optional<String> notOurs) {
        return new InstalledApp(
                id,
                name,
                "",
                "",
                List.of(),
                List.of(name),
                Path.of("/usr/share/applications", id.value()),
                true,
                notOurs);
    }

    /** Menu entries kept in memory. */
    static final class Entries implements Menu {
        final Set<AppId> confined = new ConcurrentSkipListSet<>();
        final Set<AppId> refused = new ConcurrentSkipListSet<>();
        boolean broken;

        @Override
        public void confine(AppId app) {
            refuseWhenBroken();
            if (refused.contains(app)) {
                throw new RefusedException("The menu cannot be written.");
            }
            confined.add(app);
        }

        @Override
        public void release(AppId app) {
            refuseWhenBroken();
            confined.remove(app);
        }

        @Override
        public Set<AppId> confined() {
            return Set.copyOf(confined);
        }

        @Override
        public Map<AppId, String> sync(Collection<AppId> wanted) {
            confined.addAll(wanted);
            confined.retainAll(wanted);
            return Map.of();
        }

        boolean isConfined(AppId app) {
            return confined.contains(app);
        }

        private void refuseWhenBroken() {
            if (broken) {
                throw new RefusedException("The menu cannot be written.");
            }
        }
    }
}
