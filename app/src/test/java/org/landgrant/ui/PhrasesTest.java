package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Bidi;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhrasesTest {
    /** The pieces between which the toolkit may end a line. */
    private static List<String> pieces(String text) {
        String held = Phrases.hold(text);
        BreakIterator lines = BreakIterator.getLineInstance();
        lines.setText(held);
        List<String> pieces = new ArrayList<>();
        int from = lines.first();
        for (int to = lines.next(); to != BreakIterator.DONE; to = lines.next()) {
            pieces.add(held.substring(from, to).replace("\uFEFF", "").replace('\u00A0', ' '));
            from = to;
        }
        return pieces;
    }

    @Test
    void linesEndBetweenPhrases() {
        assertEquals(List.of("アプリを", "閉じると", "自動的に", "終わります。"), pieces("アプリを閉じると自動的に終わります。"));
        assertEquals(List.of("許可を", "取り消すか、", "開き直す"), pieces("許可を取り消すか、開き直す"));
    }

    @Test
    void namesStayWholeAndWithWhatFollowsThem() {
        assertEquals(List.of("「ドキュメント」が", "「確定申告」", "フォルダ内の", "ファイルを", "見る"), pieces("「ドキュメント」が「確定申告」フォルダ内のファイルを見る"));
    }

    @Test
    void numbersStayWithWhatIsCounted() {
        assertEquals(List.of("30 日間、", "ポート 8080 で"), pieces("30 日間、ポート 8080 で"));
    }

    @Test
    void aNameFromRightToLeftNeitherTurnsASentenceAroundNorIsHeldByMarks() {
        String sentence = "「חשבונית 2025.pdf」を開こうとしました。";
        String shown = Phrases.hold(LeftToRight.sentence(sentence));
        assertEquals("\u200E" + sentence, shown);
        assertEquals(shown, Phrases.hold(LeftToRight.sentence(shown)));
        assertTrue(new Bidi(shown, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT).baseIsLeftToRight());
        assertEquals(List.of("「フォトショップ」という", "アプリはありません"), pieces("「フォトショップ」というアプリはありません"));
    }

    @Test
    void otherLanguagesAreLeftAsTheyAre() {
        String english = "“Firefox” would like to open “確定.pdf” in your Documents folder.";
        assertEquals(english, Phrases.hold(english));
    }
}
