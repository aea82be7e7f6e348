package org.landgrant.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
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

    @Test
    void whatARoomSaysInEnglishIsToldInThePersonsLanguage() {
        Words japanese = new Words(Locale.JAPAN);
        assertEquals("デスクトップの一部です。", japanese.told("It is a part of the desktop itself."));
        assertEquals(
                "許可の帳簿を /a;b に置くことはできません。データベースの場所には、セミコロンもバックスラッシュも使えません。",
                japanese.told("The book of grants cannot lie in /a;b, because its database allows neither a semicolon"
                        + " nor a backslash there."));
        assertEquals(
                "「/home/anna/a」の中の「/home/anna/a/b」は許可されていませんが、特殊な文字が多すぎて除くことができません。" + "同じ階層のフォルダを 1 つずつ許可してください。",
                japanese.told("\"/home/anna/a\" contains \"/home/anna/a/b\", which is denied and has too many unusual"
                        + " characters to be left out; grant the folders beside it one by one."));
    }

    @Test
    void theLongerSentenceIsPreferredToTheHole() {
        Words japanese = new Words(Locale.JAPAN);
        assertEquals("コマンドラインが空か、テキストではありません。", japanese.told("Its command line is empty or is not text."));
        assertEquals("コマンドラインを正しく読み取れません：空です。", japanese.told("Its command line is empty."));
    }

    @Test
    void sentencesWithinASentenceAreToldToo() {
        Words japanese = new Words(Locale.JAPAN);
        assertEquals(
                "このカーネルでは、アプリが終了できるプログラムを制限できません。Linux 6.12 以降なら制限できます。",
                japanese.told("This kernel cannot limit which programs an app can end; Linux 6.12 and newer can."));
        assertEquals(
                "gimp.desktop の変更は残しましたが、起動用に書き込めなかったため、起動しません：" + "gimp.desktop が触れられるものを書き込めませんでした：アクセスする権限がありません。",
                japanese.told("The change is kept for gimp.desktop, but not written for launches, so it does not start:"
                        + " What gimp.desktop may reach could not be written: permission denied."));
    }

    @Test
    void whatStandsInAHoleIsNeverAPattern() {
        Words japanese = new Words(Locale.JAPAN);
        for (String path : new String[] {
            "/home/anna/.*+?[a-z]{2}(\\d|$1)^",
            "/{0}/'{1}'/{0,choice,1#x}",
            "/a\u202Egpj.exe\u200F",
            "/a\nb",
            "/\uE000",
            ""
        }) {
            assertEquals("「" + path + "」は、ほかの設定で許可されていません。", japanese.told("Another grant denies \"" + path + "\"."));
        }
    }

    @Test
    void aHostileSentenceTakesNoTime() {
        Words japanese = new Words(Locale.JAPAN);
        String bait = "What a may reach could not be written: ".repeat(400);
        assertTimeout(Duration.ofSeconds(1), () -> japanese.told("The permissions in " + bait));
        String tooLong = "Another grant denies \"" + "a".repeat(20_000) + "\".";
        assertEquals(tooLong, japanese.told(tooLong));
    }

    @Test
    void whatNobodyTranslatedStaysAndEnglishStaysEnglish() {
        Words japanese = new Words(Locale.JAPAN);
        for (String unknown : new String[] {"", "Something else.", "It is a part of the desktop itself", "返事の結果"}) {
            assertEquals(unknown, japanese.told(unknown));
        }
        String known = "It is a part of the desktop itself.";
        assertEquals(known, words.told(known));
        assertEquals(known, new Words(Locale.GERMANY).told(known));
        japanese.speak(Locale.ENGLISH);
        assertEquals(known, japanese.told(known));
    }
}
