package org.landgrant.ui;

/** The sizes of text to choose from. */
enum TextSize {
    P100(100),
    P125(125),
    P150(150),
    P175(175),
    P200(200);

    private final int percent;

    TextSize(int percent) {
        this.percent = percent;
    }

    int percent() {
        return percent;
    }

    /** The largest that is not larger. */
    static TextSize of(int percent) {
        TextSize found = P100;
        for (TextSize size : values()) {
            if (size.percent <= percent) {
                found = size;
            }
        }
        return found;
    }
}
