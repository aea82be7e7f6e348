package org.landgrant.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.agent.House.EDITOR;
import static org.landgrant.agent.House.STRANGER;
import static org.landgrant.agent.House.VIEWER;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.AppId;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Template;
import org.landgrant.grants.UserFolder;
import org.landgrant.kernel.KernelFacts;
import org.landgrant.policy.Home;
import org.landgrant.policy.PolicyText;
import org.landgrant.profiles.Templates;

class PolicyMakerTest {
    private static final Home HOME = new Home(
            "/home/ada",
            "/home/ada/.config",
            "/home/ada/.local/share",
            "/home/ada/.cache",
            "/home/ada/.local/state",
            "/run/user/1000",
            1_000,
            Map.of(UserFolder.DOWNLOAD, "/home/ada/Downloads"));

    private final PolicyMaker maker =
            new PolicyMaker(House.apps(), Templates.shipped(), new KernelFacts(7, 0), () -> HOME);

    @Test
    void anInstalledAppsPolicyIsOneTheLauncherCanRead() throws Exception {
        String text = policy(EDITOR);

        assertTrue(text.startsWith("landgrant-policy 1\napp editor.desktop\n"), text);
        assertEquals("editor.desktop", PolicyText.parse(text).app());
    }

    @Test
    void appsThatAreNotThereOrNotOursHaveNone() {
        assertThrows(RefusedException.class, () -> policy(STRANGER));
        assertEquals(
                "A snap.",
                assertThrows(RefusedException.class, () -> policy(VIEWER)).getMessage());
    }

    private String policy(AppId app) {
        Template template = maker.template(app);
        return maker.policy(app, template, EffectiveGrant.lay(template, List.of(), Instant.EPOCH), false);
    }
}
