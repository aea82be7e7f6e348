package org.landgrant.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.prompts.LiveGround.Verdict;
import org.landgrant.prompts.Sensitive.Kind;

class SensitiveTest {
    private static final String KEY = "/home/anna/.ssh/id_ed25519";

    private final LiveMemory memory = new LiveMemory();

    private static Optional<Kind> kind(String path, Access access) {
        return Sensitive.at(Example.PLACES, "/home/anna/" + path, access).map(Sensitive::kind);
    }

    private static LiveGround ground(boolean mayBeAsked, EffectiveGrant... grants) {
        return new LiveGround(Example.PLACES, Example.WORDS, List.of(grants), List.of(), mayBeAsked, Example::look);
    }

    private Verdict judge(LiveGround ground, String path, Access access) {
        return ground.judge(Example.question(1, path, access), memory);
    }

    @Test
    void whatAnAppOpensOnPurposeIsKnown() {
        assertEquals(Optional.of(Kind.SSH_KEY), kind(".ssh/id_ed25519", Access.READ));
        assertEquals(Optional.of(Kind.SECRET_KEY), kind(".gnupg/private-keys-v1.d/AB.key", Access.READ));
        assertEquals(Optional.of(Kind.PASSWORDS), kind(".password-store/mail/anna.gpg", Access.READ));
        assertEquals(Optional.of(Kind.PASSWORDS), kind("書類/My.KDBX", Access.WRITE));
        assertEquals(Optional.of(Kind.PROFILE), kind(".mozilla/firefox/a.default/logins.json", Access.READ));
        assertEquals(Optional.of(Kind.PROFILE), kind(".config/chromium/Default/Network/Cookies", Access.READ));
        assertEquals(Optional.of(Kind.STARTED_LATER), kind(".bashrc", Access.WRITE));
        assertEquals(Optional.of(Kind.STARTED_LATER), kind(".config/autostart/a.desktop", Access.WRITE));
        assertEquals(Optional.of(Kind.STARTED_LATER), kind(".config/systemd/user/a.service.d/b", Access.WRITE));
    }

    @Test
    void whatAppsLookForByHabitStaysWithoutAQuestion() {
        for (String path : List.of(
                ".ssh",
                ".ssh/config",
                ".ssh/known_hosts",
                ".ssh/id_ed25519.pub",
                ".gnupg",
                ".gnupg/pubring.kbx",
                ".mozilla",
                ".mozilla/firefox/profiles.ini",
                ".config/chromium/Local State",
                ".bashrc",
                ".config/autostart",
                ".config/autostart/a.desktop")) {
            assertEquals(Optional.empty(), kind(path, Access.READ), path);
        }
        for (String path : List.of(".ssh/id_ed25519", ".ssh/authorized_keys", ".vimrc", ".config/autostart")) {
            assertEquals(Optional.empty(), kind(path, Access.WRITE), path);
        }
        assertEquals(Optional.empty(), kind(".ssh/id_ed25519", Access.EXECUTE));
    }

    @Test
    void itIsAskedOnlyWhereTheAppCannotPressTheButtonItself() {
        assertEquals(Verdict.ASK, judge(ground(true), KEY, Access.READ));
        assertEquals(Verdict.DENY, judge(ground(false), KEY, Access.READ));
        assertEquals(Verdict.DENY, judge(ground(true), "/home/anna/.ssh/config", Access.READ));
    }

    @Test
    void aWiderGrantNeverReachesItAndOneByNameDoes() {
        EffectiveGrant home = Example.grant(new Resource.Place("~"), Decision.ALLOW, Origin.USER, Access.READ);
        EffectiveGrant named = Example.grant(new Resource.Place("~/.ssh"), Decision.ALLOW, Origin.USER, Access.READ);
        EffectiveGrant refused = Example.grant(new Resource.Place("~"), Decision.DENY, Origin.USER, Access.READ);
        assertEquals(Verdict.ASK, judge(ground(true, home), KEY, Access.READ));
        assertEquals(Verdict.ALLOW, judge(ground(true, home, named), KEY, Access.READ));
        assertEquals(Verdict.DENY, judge(ground(true, refused), KEY, Access.READ));
    }

    @Test
    void onceForAFolderAroundItIsNotOnceForIt() {
        String passwords = "/home/anna/書類/a.kdbx";
        Set<Access> read = Set.of(Access.READ);
        memory.once(Example.APP, 1, new Scope("documents", "", new Resource.Place("/home/anna/書類"), read, true));
        assertEquals(Verdict.ASK, judge(ground(true), passwords, Access.READ));
        memory.once(Example.APP, 1, new Scope(Scope.ITEM, "", new Resource.Place(passwords), read, true));
        assertEquals(Verdict.ALLOW, judge(ground(true), passwords, Access.READ));
    }

    @Test
    void itIsAskedOnceInASession() {
        memory.refused(Example.APP, 1, new Scope(Scope.ITEM, "", new Resource.Place(KEY), Set.of(Access.READ), true));
        assertEquals(Verdict.DENY, judge(ground(true), KEY, Access.READ));
    }

    @Test
    void thePromptSaysItAndOffersNothingWider() {
        LiveQueue.Waiting waiting = ground(true).waiting(Example.question(1, KEY, Access.READ), "Terminal");
        assertEquals("“Terminal” would like to read your SSH key “id_ed25519”.", waiting.title());
        assertEquals(Optional.of(Kind.SSH_KEY), waiting.sensitive());
        assertEquals(1, waiting.scopes().size());
        Scope only = waiting.scopes().getFirst();
        assertEquals(new Resource.Place(KEY), only.resource());
        assertTrue(only.isSensitive());
        assertFalse(ground(true).givesWhole(only.resource(), Access.READ), "only what was asked for is given");
        for (Kind kind : Kind.values()) {
            assertTrue(Example.WORDS.say("warn." + kind.word()).endsWith("."));
        }
    }

    @Test
    void aProfileIsAnsweredAboutAsAWhole() {
        Scope only = Example.LIVE_SCOPES
                .of(Example.question(1, "/home/anna/.mozilla/firefox/a.default/key4.db", Access.READ))
                .getFirst();
        assertEquals(new Resource.Place("/home/anna/.mozilla/firefox/a.default"), only.resource());
    }
}
