package org.landgrant.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;

/** What an app can reach of the person's things, in few words: “Downloads, web”. */
final class Reach {
    private Reach() {}

    /**
     * The names, the widest first; empty when it reaches nothing but its own data.
     *
     * @param most how many names before the rest is only counted
     */
    static String words(List<EffectiveGrant> effective, UserPlaces places, Words words, int most) {
        TreeMap<UserFolder, String> folders = new TreeMap<>();
        List<String> added = new ArrayList<>();
        for (EffectiveGrant grant : effective) {
            if (grant.decision() == Decision.ALLOW && grant.access().contains(Access.READ)) {
                if (grant.resource() instanceof Resource.Folder(UserFolder folder)
                        && places.folders().containsKey(folder)) {
                    folders.put(folder, places.nameOf(folder));
                } else if (grant.resource() instanceof Resource.Place(String path)
                        && grant.origin() != Origin.TEMPLATE
                        && grant.fromTemplate().isEmpty()) {
                    added.add(OneLine.clean(path.substring(path.lastIndexOf('/') + 1), 24));
                }
            }
        }
        List<String> names = new ArrayList<>(folders.values());
        names.addAll(added);
        NetworkState network = NetworkState.of(effective);
        switch (network.mode()) {
            case OFF -> {}
            case WEB -> names.add(words.say("reach.web"));
            case PORTS -> names.add(words.say("reach.ports", network.ports().size()));
            case EVERYTHING -> names.add(words.say("reach.everything"));
        }
        if (names.size() <= most) {
            return words.list(names);
        }
        // The network stays visible: it says more than one folder more.
        boolean online = network.mode() != NetworkState.Mode.OFF;
        List<String> kept = new ArrayList<>(names.subList(0, online ? most - 1 : most));
        if (online) {
            kept.add(names.getLast());
        }
        kept.add(words.say("reach.more", names.size() - most));
        return words.list(kept);
    }
}
