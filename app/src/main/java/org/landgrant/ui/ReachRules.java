package org.landgrant.ui;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.landgrant.policy.Policy;
import org.landgrant.policy.PolicyLine;
import org.landgrant.policy.Right;

/** What a policy comes to at a path, by the meaning that PROTOCOL.md gives its lines. */
final class ReachRules {
    /** What an app can do with a place. */
    enum At {
        /** Nothing. */
        CLOSED("closed"),
        /** Nothing, although it lies in something it may see. */
        KEPT("kept"),
        /** Whatever it keeps there is its own. */
        OWN("own"),
        SEEN("seen"),
        CHANGED("changed");

        private final String word;

        At(String word) {
            this.word = word;
        }

        /** Ends the names of words and styles. */
        String word() {
            return word;
        }
    }

    private final List<PolicyLine.File> files;
    private final List<PolicyLine.Except> excepts;
    private final List<String> own;

    private ReachRules(List<PolicyLine.File> files, List<PolicyLine.Except> excepts, List<String> own) {
        this.own = List.copyOf(own);
        this.files = List.copyOf(files);
        this.excepts = List.copyOf(excepts);
    }

    static ReachRules of(Policy policy) {
        List<PolicyLine.File> files = new ArrayList<>();
        List<PolicyLine.Except> excepts = new ArrayList<>();
        List<String> own = new ArrayList<>();
        for (PolicyLine line : policy.lines()) {
            if (line instanceof PolicyLine.File file) {
                files.add(file);
            } else if (line instanceof PolicyLine.Except except) {
                excepts.add(except);
            } else if (line instanceof PolicyLine.Create create) {
                own.add(create.path());
            }
        }
        return new ReachRules(files, excepts, own);
    }

    /** The same with another decision about one folder. */
    ReachRules with(String path, Level level) {
        List<PolicyLine.File> others = new ArrayList<>(
                files.stream().filter(file -> !file.path().equals(path)).toList());
        List<PolicyLine.Except> kept = new ArrayList<>(
                excepts.stream().filter(except -> !except.path().equals(path)).toList());
        switch (level) {
            case NEVER, ASK -> kept.add(new PolicyLine.Except(EnumSet.allOf(Right.class), "preview", path));
            case READ -> others.add(new PolicyLine.File(EnumSet.of(Right.LIST, Right.READ), "preview", path));
            case READ_WRITE ->
                others.add(new PolicyLine.File(EnumSet.of(Right.LIST, Right.READ, Right.WRITE), "preview", path));
        }
        return new ReachRules(others, kept, own);
    }

    At at(String path) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        boolean kept = false;
        for (PolicyLine.File file : files) {
            if (holds(file.path(), path)) {
                for (Right right : file.rights()) {
                    if (excepted(right, file.path(), path)) {
                        kept |= right == Right.READ;
                    } else {
                        rights.add(right);
                    }
                }
            }
        }
        if (rights.contains(Right.WRITE)) {
            return own.stream().anyMatch(place -> holds(place, path)) ? At.OWN : At.CHANGED;
        }
        return rights.contains(Right.READ) || rights.contains(Right.LIST) ? At.SEEN : kept ? At.KEPT : At.CLOSED;
    }

    /** Whether some rule begins below the path, so that it is not the same everywhere in it. */
    boolean divided(String path) {
        return files.stream().anyMatch(file -> below(path, file.path()))
                || excepts.stream().anyMatch(except -> below(path, except.path()));
    }

    private boolean excepted(Right right, String rule, String path) {
        return excepts.stream()
                .anyMatch(except ->
                        except.rights().contains(right) && holds(except.path(), path) && below(rule, except.path()));
    }

    private static boolean holds(String folder, String path) {
        return path.equals(folder) || below(folder, path);
    }

    private static boolean below(String folder, String path) {
        String start = folder.endsWith("/") ? folder : folder + "/";
        return path.length() > start.length() && path.startsWith(start);
    }
}
