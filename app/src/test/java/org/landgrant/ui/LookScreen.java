package org.landgrant.ui;

import java.util.List;
import java.util.function.Consumer;

/**
 * A screen that is looked at.
 *
 * @param play brings it about
 */
record LookScreen(String name, Consumer<LookHand> play) {
    static final List<LookScreen> ALL = java.util.stream.Stream.of(
                    LookPages.all(), LookStates.all(), LookQuestions.all())
            .flatMap(List::stream)
            .toList();
}
