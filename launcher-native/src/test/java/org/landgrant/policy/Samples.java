package org.landgrant.policy;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Template;
import org.landgrant.grants.UserFolder;
import org.landgrant.kernel.KernelFacts;

/** Ada's computer. */
final class Samples {
    static final AppId APP = new AppId("firefox-esr.desktop");
    static final KernelFacts ABI_7 = new KernelFacts(7, 0);
    static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");
    static final Template BARE = new Template("bare", "Bare", List.of(), List.of(), Set.of(), Map.of(), false);
    static final List<String> COMMAND = List.of("/usr/lib/firefox-esr/firefox-esr", "%u");

    private Samples() {}

    static Home home() {
        Map<UserFolder, String> folders = new EnumMap<>(UserFolder.class);
        for (UserFolder folder : UserFolder.values()) {
            if (folder != UserFolder.PUBLICSHARE) {
                String word = folder.word();
                folders.put(
                        folder,
                        "/home/ada/" + word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1));
            }
        }
        return new Home(
                "/home/ada",
                "/home/ada/.config",
                "/home/ada/.local/share",
                "/home/ada/.cache",
                "/home/ada/.local/state",
                "/run/user/1000",
                1000,
                folders);
    }

    static EffectiveGrant allow(String reference, String resource, Access... access) {
        return grant(reference, Decision.ALLOW, resource, access);
    }

    static EffectiveGrant grant(String reference, Decision decision, String resource, Access... access) {
        return new EffectiveGrant(
                reference, Resource.parse(resource), Set.of(access), decision, Origin.USER, false, Optional.empty());
    }

    static Policy compile(KernelFacts kernel, EffectiveGrant... grants) {
        return PolicyCompiler.compile(APP, BARE, List.of(grants), false, COMMAND, kernel, home());
    }

    /** Lines of one directive, or of several, of a policy. */
    static List<String> lines(Policy policy, String... directives) {
        return policy.lines().stream()
                .map(PolicyLine::print)
                .filter(line -> Set.of(directives).contains(line.split(" ", 2)[0]))
                .toList();
    }
}
