package org.landgrant.demo;

/** The window in which Landgrant asks while an app waits, used as a person does: read, brought to the front, clicked. */
final class Prompt {
    /** The buttons. */
    enum Answer {
        DENY("#prompt-deny"),
        ONCE("#prompt-once"),
        ALLOW("#prompt-allow");

        private final String id;

        Answer(String id) {
            this.id = id;
        }
    }

    private final Person person;

    Prompt(Person person) {
        this.person = person;
    }

    boolean asks() {
        return person.shows("#prompt");
    }

    /**
     * Waits until it asks about that.
     *
     * @return milliseconds since the last key or click, which the question came from
     */
    long await(String about) {
        long patience = System.nanoTime();
        while (!asks() || !sentence().contains(about)) {
            if (System.nanoTime() - patience > Person.PATIENCE.toNanos()) {
                throw new AssertionError("nobody asked about " + about);
            }
            Person.pause(15);
        }
        return (System.nanoTime() - person.acted()) / 1_000_000;
    }

    String sentence() {
        return person.text("#prompt-sentence");
    }

    /** Clicks into the window, so that its buttons wake up, then on the button. */
    void answer(Answer answer) {
        front();
        String asked = sentence();
        person.click(answer.id);
        Person.await("the question to be gone", () -> !sentence().equals(asked));
    }

    /**
     * Gives the window the keyboard by a click on its sentence, and waits until the buttons work. A click in the window's
     * first moments was not meant for it and does nothing; a person clicks again.
     */
    void front() {
        Person.await("the buttons to work", () -> {
            person.clickShown("#prompt-sentence");
            Person.pause(1_500);
            return person.sees("#prompt-once");
        });
    }
}
