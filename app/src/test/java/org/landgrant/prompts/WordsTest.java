package org.landgrant.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class WordsTest {
    private final Words words = new Words(Locale.ENGLISH);

    @Test
    void everySentenceCanBeSaid() {
        for (String name : ResourceBundle.getBundle("org.landgrant.ui.messages", Locale.ENGLISH)
                .keySet()) {
            String said = words.say(name, 3, 3, 3);
            assertFalse(said.isBlank() || said.contains("{"), name);
        }
    }

    @Test
    void wordsThatPeopleNeverSeeDoNotOccur() {
        ResourceBundle all = ResourceBundle.getBundle("org.landgrant.ui.messages", Locale.ENGLISH);
        for (String name : all.keySet()) {
            if (name.startsWith("fact.") || name.startsWith("protect.remedy.")) {
                // For those who look after the computer, and for bug reports.
                continue;
            }
            String said = all.getString(name).toLowerCase(Locale.ROOT);
            for (String hidden : new String[] {"sandbox", "landlock", "seccomp", "eacces", "policy", "ruleset"}) {
                assertFalse(said.contains(hidden), name);
            }
        }
    }

    @Test
    void japaneseIsReadWholeAndOtherLanguagesReadEnglish() {
        Words japanese = new Words(Locale.JAPAN);
        assertEquals("許可しない", japanese.say("card.deny"));
        assertEquals(
                "「Okular」が「書類」フォルダ内のファイルを見る許可を求めています。",
                japanese.say("card.one", "Okular", japanese.say("ask.folder.see", "書類")));
        assertEquals("Don't Allow", new Words(Locale.GERMANY).say("card.deny"));
    }

    @Test
    void apostrophesAndCountsComeOutRight() {
        assertEquals("Don't Allow", words.say("card.deny"));
        assertEquals("“Okular” was stopped 3 times.", words.say("card.several", "Okular", 3));
        assertEquals("“Okular” was stopped once.", words.say("card.several", "Okular", 1));
    }
}
