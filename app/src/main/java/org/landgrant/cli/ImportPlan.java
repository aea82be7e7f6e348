package org.landgrant.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.landgrant.cli.BookText.Entry;
import org.landgrant.cli.BookText.Line;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Event;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.grants.Grant;
import org.landgrant.grants.Lifetime;
import org.landgrant.grants.Origin;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Ruling;
import org.landgrant.prompts.UserPlaces;

/** What a file would change, step by step; only what is otherwise now. */
record ImportPlan(List<Step> steps, List<String> guarded) {

    /** One change. */
    sealed interface Step {
        AppId app();

        /** For programs. */
        Map<String, Object> shape();

        /** For people: app, decision, access, resource, before. */
        List<String> row();

        /** Does it; what it returns undoes it. */
        Runnable apply(Gatekeeper gatekeeper);
    }

    /** The app is confined. */
    record Confine(AppId app) implements Step {
        @Override
        public Map<String, Object> shape() {
            return Shapes.change(app.value(), "confined");
        }

        @Override
        public List<String> row() {
            return List.of(app.value(), "confined", "", "", "-");
        }

        @Override
        public Runnable apply(Gatekeeper gatekeeper) {
            gatekeeper.confine(app);
            return () -> gatekeeper.release(app);
        }
    }

    /** Something is decided. */
    record Decide(AppId app, Line line, Optional<Grant> before) implements Step {
        @Override
        public Map<String, Object> shape() {
            String what = switch (line.decision()) {
                case ALLOW -> "allowed";
                case DENY -> "denied";
                case ASK -> "asks";
            };
            return Shapes.change(app.value(), what, line.resource(), line.access());
        }

        @Override
        public List<String> row() {
            return List.of(
                    app.value(),
                    Shapes.word(line.decision()),
                    Typed.words(line.access()),
                    line.resource().text(),
                    before.map(grant -> Shapes.word(grant.decision()) + " " + Typed.words(grant.access()))
                            .orElse("-"));
        }

        @Override
        public Runnable apply(Gatekeeper gatekeeper) {
            Optional<Ruling> was = before.map(Ruling::of);
            Optional<Ruling> is = Optional.of(new Ruling(line.decision(), line.access(), lifetime(), Origin.USER));
            put(gatekeeper, was, is);
            gatekeeper.putAside(app, line.resource()); // Nobody has to answer it any more.
            return () -> put(gatekeeper, is, was);
        }

        /** Only if it is still as it was, so that nothing that was decided meanwhile is lost. */
        private void put(Gatekeeper gatekeeper, Optional<Ruling> from, Optional<Ruling> to) {
            gatekeeper.putBack(Event.decided(app, line.resource(), to, from, Instant.EPOCH, Event.Who.COMMAND_LINE));
        }

        private Lifetime lifetime() {
            return line.until().map(Lifetime::until).orElse(Lifetime.ALWAYS);
        }
    }

    static ImportPlan of(List<Entry> entries, Commands.Ports ports) {
        UserPlaces places = ports.places().get();
        Instant now = ports.clock().instant();
        List<Step> steps = new ArrayList<>();
        List<String> guarded = new ArrayList<>();
        for (Entry entry : entries) {
            for (Line written : entry.grants()) {
                Resource resource = places.byMeaning(written.resource());
                Line line = new Line(resource, written.access(), written.decision(), written.until());
                boolean over = line.until().filter(end -> !now.isBefore(end)).isPresent();
                Optional<Grant> before = ports.gatekeeper().decided(entry.app(), resource);
                if (over || before.filter(grant -> same(grant, line)).isPresent()) {
                    continue;
                }
                steps.add(new Decide(entry.app(), line, before));
                if (line.decision() == Decision.ALLOW) {
                    ports.guarded()
                            .reason(resource, line.access())
                            .ifPresent(reason -> guarded.add(
                                    "It would give " + entry.app() + " " + resource.text() + ", " + reason + "."));
                }
            }
            if (entry.confined() && !ports.gatekeeper().settings(entry.app()).confined()) {
                steps.add(new Confine(entry.app()));
            }
        }
        return new ImportPlan(List.copyOf(steps), List.copyOf(guarded));
    }

    private static boolean same(Grant grant, Line line) {
        return grant.decision() == line.decision()
                && grant.access().equals(line.access())
                && grant.lifetime().login().isEmpty()
                && grant.lifetime().until().equals(line.until());
    }

    /**
     * Does all of it. When a step fails, those before it are undone, the last first.
     *
     * @throws RefusedException when it failed; the sentence says what is left
     */
    void apply(Gatekeeper gatekeeper) {
        List<Runnable> undo = new ArrayList<>();
        for (Step step : steps) {
            try {
                undo.add(step.apply(gatekeeper));
            } catch (RuntimeException failure) {
                List<String> left = new ArrayList<>();
                for (int at = undo.size() - 1; at >= 0; at--) {
                    try {
                        undo.get(at).run();
                    } catch (RuntimeException worse) {
                        failure.addSuppressed(worse);
                        left.add(String.join(" ", steps.get(at).row()));
                    }
                }
                String what = "At " + step.app() + ": " + failure.getMessage();
                throw new RefusedException(
                        left.isEmpty()
                                ? what + " Nothing was changed."
                                : what + " These could not be undone: " + String.join("; ", left) + ".",
                        failure);
            }
        }
    }
}
