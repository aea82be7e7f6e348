package org.landgrant.ui;

import org.landgrant.prompts.Undo;

/** What is said for a moment after an answer, and how it is taken back. */
record Note(String sentence, Undo undo) {}
